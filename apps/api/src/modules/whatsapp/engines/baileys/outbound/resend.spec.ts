import { beforeEach, expect, it, vi } from 'vitest';
import { GroupBook } from '../groups/group.book.js';
import { FakeNetwork, node } from '../testing/fake-network.js';
import { ada, friendly, hello } from '../testing/recipients.js';
import { Relay } from './relay.js';

let network: FakeNetwork;
beforeEach(() => void (network = new FakeNetwork()));

const relay = () => new Relay(network.account, new GroupBook(network.account), vi.fn());

it('answers a retry only for who is in the chat, and not for ever', async () => {
  network.answer = friendly;
  const outbox = relay();
  await outbox.send(hello('A'));
  const retry = (from: string) =>
    outbox.resend(node('receipt', { id: 'A', from, type: 'retry' }, [node('retry', { count: '1' })]));
  await retry('9@s.whatsapp.net');
  expect(network.sent('message')).toHaveLength(1);
  for (let i = 0; i < 8; i++) await retry('7:2@s.whatsapp.net');
  const resent = network.sent('message').slice(1);
  expect(resent).toHaveLength(5);
  await network.journal.settled();
  const restarted = relay();
  await restarted.resend(node('receipt', { id: 'A', from: '7:2@s.whatsapp.net', type: 'retry' }, [node('retry')]));
  expect(network.sent('message').slice(1)).toHaveLength(5);
  expect(resent[0]?.attrs).toMatchObject({ id: 'A', to: '7:2@s.whatsapp.net', device_fanout: 'false' });
  await retry('100@s.whatsapp.net');
  expect(network.sent('message').at(-1)?.attrs).toMatchObject({ to: '100@s.whatsapp.net', recipient: ada });
});

it('answers a retry from what was sent for seven days, however often it was asked for meanwhile, and not after', async () => {
  network.answer = friendly;
  const DAY_MS = 24 * 3_600_000;
  vi.useFakeTimers({ toFake: ['Date'] });
  try {
    const sentAt = Date.now();
    const outbox = relay();
    await outbox.send(hello('A'));
    const ask = async (after: number) => {
      vi.setSystemTime(sentAt + after);
      const before = network.sent('message').length;
      await outbox.resend(node('receipt', { id: 'A', from: '7:2@s.whatsapp.net', type: 'retry' }, [node('retry')]));
      return network.sent('message').length - before;
    };
    expect(await ask(3 * DAY_MS)).toBe(1);
    expect(await ask(7 * DAY_MS - 1_000)).toBe(1);
    expect(await ask(7 * DAY_MS + 1_000)).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});
