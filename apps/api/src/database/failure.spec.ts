import { DrizzleQueryError } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { isPassing, isTwice } from './failure.js';

const told = (code: string, message = 'told') => Object.assign(new Error(message), { code });
const byDrizzle = (cause: Error) => new DrizzleQueryError('select "connection" from mkt_wap_accounts', [], cause);

it.each([
  ['57P01', true],
  ['40P01', true],
  ['ECONNREFUSED', true],
  ['23505', false],
  ['22P02', false],
])('%s may pass: %s; also where drizzle was asked, whose message is the statement', (code, passes) => {
  expect(isPassing(told(code))).toBe(passes);
  expect(isPassing(byDrizzle(told(code)))).toBe(passes);
});

it('knows a connection that broke without a code', () => {
  const lost = new Error('Connection terminated unexpectedly');
  expect(isPassing(lost)).toBe(true);
  expect(isPassing(byDrizzle(lost))).toBe(true);
});

it('knows what is there already, whoever was asked', () => {
  expect([told('23505'), byDrizzle(told('23505'))].every(isTwice)).toBe(true);
  expect(isTwice(told('22P02'))).toBe(false);
});
