import { expect, it } from 'vitest';
import type { SentMessage } from '../../../lib/api/sandbox-types';
import { stateOf } from './exchange';

const sent = (changes: Partial<SentMessage>): SentMessage => ({
  n: 1,
  id: 'a',
  to: '9990',
  text: 'hi',
  at: 1,
  acked: false,
  error: null,
  receipts: [],
  ...changes,
});
const receipt = (type: string) => ({ from: '9990', device: 1, type, at: 2 });

it('says how far a message came', () => {
  expect(stateOf(sent({}))).toBe('waiting');
  expect(stateOf(sent({ acked: true }))).toBe('taken');
  expect(stateOf(sent({ acked: true, receipts: [receipt('delivered')] }))).toBe('delivered');
  expect(stateOf(sent({ acked: true, receipts: [receipt('read'), receipt('delivered')] }))).toBe('read');
  expect(stateOf(sent({ error: '479' }))).toBe('refused');
});
