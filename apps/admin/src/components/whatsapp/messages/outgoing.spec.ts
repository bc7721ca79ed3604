import { expect, it } from 'vitest';
import { aMessage } from '../../../testing/builders';
import { stillOutgoing, type Outgoing } from './outgoing';

const outgoing = (text: string, after: string | null = '9'): Outgoing => ({
  idempotencyKey: `${text}-key`,
  body: { accountId: 'account', chatId: 'chat', text },
  after,
  writtenAt: '2026-11-24T10:00:00.000Z',
});
const sent = (text: string, ordinal: string) =>
  aMessage({ direction: 'out', content: { kind: 'text', text }, ordinal });

it('shows what is not in the chat yet', () => {
  expect(stillOutgoing([outgoing('hi')], [])).toHaveLength(1);
});

it('hides it once its event came, before the answer', () => {
  expect(stillOutgoing([outgoing('hi')], [sent('hi', '10')])).toEqual([]);
});

it('is not taken in by an older message that says the same', () => {
  expect(stillOutgoing([outgoing('hi')], [sent('hi', '9'), sent('hi', '8')])).toHaveLength(1);
});

it('takes one message for one, when the same is said twice', () => {
  expect(stillOutgoing([outgoing('hi'), outgoing('hi')], [sent('hi', '10')])).toHaveLength(1);
});

it('is not taken in by somebody who answers with the same words', () => {
  const echo = aMessage({ direction: 'in', content: { kind: 'text', text: 'hi' }, ordinal: '10' });
  expect(stillOutgoing([outgoing('hi')], [echo])).toHaveLength(1);
});
