import { expect, it } from 'vitest';
import { lid } from '../control/contract.js';
import { isSandboxNumber, randomLid, sandboxNumber } from './numbers.js';

it('hands out numbers of its own range, and knows them', () => {
  expect(sandboxNumber(1)).toBe('9990000000001');
  expect(isSandboxNumber(sandboxNumber(123_456_789))).toBe(true);
  for (const other of ['999000000001', '4915112345678', '99900000000011', '999000000000x']) {
    expect(isSandboxNumber(other)).toBe(false);
  }
});

it('makes LIDs of fifteen digits', () => {
  for (let n = 0; n < 100; n++) expect(lid.parse(randomLid())).toHaveLength(15);
});
