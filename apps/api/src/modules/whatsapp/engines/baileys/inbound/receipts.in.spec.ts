import type { BinaryNode } from 'baileys';
import { expect, it, vi } from 'vitest';
import { FakeNetwork, node } from '../testing/fake-network.js';
import { InboundReceipts } from './receipts.in.js';

async function receipts(stanzas: BinaryNode[], resend = vi.fn(async () => undefined)) {
  const network = new FakeNetwork();
  await network.account.signal.mapping.learn([{ phone: '7', lid: '77' }]);
  const inbound = new InboundReceipts(network.account, resend, vi.fn());
  for (const stanza of stanzas) await inbound.receive(stanza);
  await network.journal.settled();
  return { network, events: network.journal.eventsOf('receipt') };
}

const ada = { phone: '7', lid: '77' };

it('takes receipts one by one, in lists, of groups, by number and by LID, and acks each', async () => {
  const items = [node('list', {}, [node('item', { id: 'B' }), node('item', { id: 'C' })])];
  const { network, events } = await receipts([
    node('receipt', { id: 'A', from: '7@s.whatsapp.net', t: '5' }),
    node('receipt', { id: 'A', from: '77:2@lid', type: 'read', t: '6' }, items),
    node('receipt', { id: 'D', from: '1@g.us', participant: '77@lid', type: 'played', t: '7' }),
    node('receipt', { id: 'E', from: '7@s.whatsapp.net', type: 'inactive' }),
  ]);
  expect(events).toEqual([
    { type: 'receipt', waIds: ['A'], chat: ada, by: ada, status: 'delivered', at: 5000 },
    { type: 'receipt', waIds: ['A', 'B', 'C'], chat: ada, by: ada, status: 'read', at: 6000 },
    { type: 'receipt', waIds: ['D'], chat: '1@g.us', by: ada, status: 'played', at: 7000 },
    { type: 'receipt', waIds: ['E'], chat: ada, by: ada, status: 'delivered', at: null },
  ]);
  expect(network.sent('ack')).toHaveLength(4);
});

it('does not take what its own devices say for what the other side did', async () => {
  const { network, events } = await receipts([
    node('receipt', { id: 'A', from: '100@s.whatsapp.net', type: 'sender', recipient: '7@s.whatsapp.net' }),
    node('receipt', { id: 'A', from: '500@lid', t: '5' }),
    node('receipt', { id: 'A', from: '7@s.whatsapp.net', type: 'read-self', recipient: '9@s.whatsapp.net' }),
  ]);
  expect(events).toEqual([]);
  expect(network.sent('ack')).toHaveLength(3);
});

it('acks a request for a message when the answer has left, also when there is none', async () => {
  const order: string[] = [];
  const resend = vi.fn(async () => void order.push('resent'));
  const { network } = await receipts([node('receipt', { id: 'A', from: '7@s.whatsapp.net', type: 'retry' })], resend);
  expect(order).toEqual(['resent']);
  expect(network.sent('ack')).toHaveLength(1);
  const failing = vi.fn(async () => Promise.reject(new Error('no bundle')));
  const other = await receipts([node('receipt', { id: 'A', from: '7@s.whatsapp.net', type: 'retry' })], failing);
  expect(other.network.sent('ack')).toHaveLength(1);
});

it('writes a receipt down before its ack leaves', async () => {
  const network = new FakeNetwork();
  network.journal.holdCommits();
  const inbound = new InboundReceipts(network.account, vi.fn(), vi.fn());
  const emitted: number[] = [];
  const emit = network.journal.emit.bind(network.journal);
  network.journal.emit = (event) => (emitted.push(network.sent('ack').length), emit(event));
  await inbound.receive(node('receipt', { id: 'A', from: '7@s.whatsapp.net' }));
  expect(emitted).toEqual([0]);
});
