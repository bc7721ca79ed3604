import type { BinaryNode } from 'baileys';
import { beforeEach, expect, it, vi } from 'vitest';
import type { PhoneDigits } from '../../../jid.js';
import { GroupBook } from '../groups/group.book.js';
import { Notifications } from '../inbound/notifications.js';
import { FakeNetwork, node } from '../testing/fake-network.js';
import { noticeParts } from '../testing/notice.parts.js';
import { ada, bundles, deviceAnswer, friendly, hello, toOf } from '../testing/recipients.js';
import { Relay } from './relay.js';

let network: FakeNetwork;
beforeEach(() => void (network = new FakeNetwork()));

const relay = () => new Relay(network.account, new GroupBook(network.account), vi.fn());

it('writes to each device of the person and each other one of its own', async () => {
  network.answer = friendly;
  expect(await relay().send(hello('A'))).toEqual({ ok: true });
  const [stanza] = network.sent('message');
  expect(stanza?.attrs).toEqual({ id: 'A', to: ada, type: 'text' });
  expect(toOf(stanza).sort()).toEqual(['100@s.whatsapp.net', '7:2@s.whatsapp.net', ada].sort());
  expect((stanza?.content as BinaryNode[]).map(({ tag }) => tag)).toEqual([
    'participants',
    'device-identity',
    'reporting',
  ]);
});

it('keeps what it sends before it leaves, and sends the same under the same id', async () => {
  network.answer = friendly;
  const [first, again] = [relay(), relay()];
  await first.send(hello('A'));
  await network.journal.settled();
  expect(network.journal.ids('sent')).toEqual(['A']);
  await again.send({ ...hello('A'), content: { kind: 'text', text: 'another text' } });
  expect(network.sent('message').map(({ attrs }) => attrs.id)).toEqual(['A', 'A']);
});

it('emits the ack of its own messages, once, and of nobody else', async () => {
  network.answer = friendly;
  const outbox = relay();
  await outbox.send(hello('A'));
  const ack = node('ack', { id: 'A', t: '5', from: ada });
  outbox.acked(node('ack', { id: 'not-ours' }));
  outbox.acked(ack);
  outbox.acked(ack);
  await network.journal.settled();
  expect(network.journal.eventsOf('message-ack')).toEqual([{ type: 'message-ack', waId: 'A', at: 5000 }]);
});

it('asks for the device list anew after a refusal that says it is old', async () => {
  network.answer = friendly;
  const outbox = relay();
  const acks: Record<string, Record<string, string>> = { A: { error: '479' }, B: { phash: '2:abc' }, C: {} };
  for (const [id, attrs] of Object.entries(acks)) {
    await outbox.send(hello(id));
    outbox.acked(node('ack', { id, ...attrs }));
    await network.journal.settled();
  }
  await outbox.send(hello('D'));
  expect(network.asked('usync')).toHaveLength(3);
  expect(network.asked('encrypt')).toHaveLength(1);
});

it('sends no message when the network does not say who reads it (S4)', async () => {
  network.answer = () => null;
  expect(await relay().send(hello('A'))).toMatchObject({ code: 'query_timed_out', certain: true });
  network.answer = ({ attrs }) => (attrs.xmlns === 'usync' ? friendly({ tag: 'iq', attrs }) : null);
  expect(await relay().send(hello('A'))).toMatchObject({ code: 'query_timed_out', certain: true });
  network.answer = () => deviceAnswer({});
  expect(
    await new Relay(network.account, new GroupBook(network.account), vi.fn()).send({
      ...hello('A'),
      to: { phone: '8' as PhoneDigits, lid: null },
    }),
  ).toMatchObject({ code: 'not_on_whatsapp' });
  network.closed = true;
  expect(await relay().send({ ...hello('A'), to: { phone: '9' as PhoneDigits, lid: null } })).toMatchObject({
    code: 'not_connected',
  });
  expect(network.sent('message')).toEqual([]);
});

it('does not blame the connection for what it cannot do', async () => {
  network.answer = friendly;
  network.creds.account = undefined;
  expect(await relay().send(hello('A'))).toMatchObject({ code: 'rejected', certain: true });
});

it('writes to nobody whose keys are forged', async () => {
  network.answer = (query) => (query.attrs.xmlns === 'encrypt' ? bundles(query, true) : friendly(query));
  expect(await relay().send(hello('A'))).toMatchObject({ code: 'no_session', certain: true });
  expect(network.sent('message')).toEqual([]);
});

it('starts over with a person who has a new phone, with the next message', async () => {
  network.answer = friendly;
  const [book, toBaileys] = [new GroupBook(network.account), vi.fn()];
  const outbox = new Relay(network.account, book, vi.fn());
  const notices = new Notifications(noticeParts(network.account, outbox, book, toBaileys), vi.fn());
  await outbox.send(hello('A'));
  await notices.receive(node('notification', { type: 'encrypt', from: ada, id: 'n' }, [node('identity')]));
  expect(network.asked('encrypt')).toHaveLength(1);
  expect(network.sent('ack')).toHaveLength(1);
  expect(toBaileys).not.toHaveBeenCalled();
  await outbox.send(hello('B'));
  expect(network.asked('encrypt')).toHaveLength(2);
});
