import { Curve, encodeBigEndian, initAuthCreds, type BinaryNode } from 'baileys';
import { beforeEach, expect, it, vi } from 'vitest';
import { MemoryJournal } from '../../testing/memory-journal.js';
import type { GroupJid, LidUser, PhoneDigits } from '../../../jid.js';
import type { OutboundMessage } from '../../engine.js';
import { GroupBook } from '../groups/group.book.js';
import { readGroup } from '../groups/group.node.js';
import { Notifications } from '../inbound/notifications.js';
import { findIdentity, identityOf } from '../own.identity.js';
import { pack } from '../records/plain.js';
import { FakeNetwork, node } from '../testing/fake-network.js';
import { noticeParts } from '../testing/notice.parts.js';
import { compose } from './compose.js';
import { ContactTokens } from './contact.tokens.js';
import { DeviceLists } from './device.lists.js';
import { Relay } from './relay.js';
import { SenderKeyMemory } from './sender.key.memory.js';
import { SessionStarter } from './session.starter.js';
import { assertReadable, messageStanza, participantsNode } from './stanza.js';

let network: FakeNetwork;
beforeEach(() => void (network = new FakeNetwork()));

const ada = '7@s.whatsapp.net';
const person = { phone: '7' as PhoneDigits, lid: null };

/** The server's answer about devices. */
function deviceAnswer(users: Record<string, { devices: number[]; lid?: string }>): BinaryNode[] {
  const list = Object.entries(users).map(([jid, { devices, lid }]) =>
    node('user', { jid }, [
      node('devices', {}, [
        node(
          'device-list',
          {},
          devices.map((id) => node('device', { id: String(id), ...(id ? { 'key-index': '1' } : {}) })),
        ),
      ]),
      ...(lid ? [node('lid', { val: lid })] : []),
    ]),
  );
  return [node('usync', {}, [node('result'), node('list', {}, list)])];
}

/** Bundles for whoever is asked for. */
function bundles(query: BinaryNode, forged = false): BinaryNode[] {
  const [key] = query.content as BinaryNode[];
  const users = (key?.content as BinaryNode[]).map(({ attrs }) => {
    const { signedIdentityKey, signedPreKey, registrationId } = initAuthCreds();
    const oneTime = Curve.generateKeyPair();
    return node('user', { jid: attrs.jid ?? '' }, [
      node('registration', {}, encodeBigEndian(registrationId)),
      node('type', {}, Buffer.from([5])),
      node('identity', {}, signedIdentityKey.public),
      node('skey', {}, [
        node('id', {}, encodeBigEndian(signedPreKey.keyId, 3)),
        node('value', {}, signedPreKey.keyPair.public),
        node('signature', {}, forged ? Buffer.alloc(64, 1) : signedPreKey.signature),
      ]),
      node('key', {}, [node('id', {}, encodeBigEndian(9, 3)), node('value', {}, oneTime.public)]),
    ]);
  });
  return [node('list', {}, users)];
}

/** A network on which Ada (phone and one companion) and our own phone can be written to. */
function friendly(query: BinaryNode): BinaryNode[] {
  const own = '100@s.whatsapp.net';
  if (query.attrs.xmlns === 'usync')
    return deviceAnswer({ [ada]: { devices: [0, 2], lid: '77@lid' }, [own]: { devices: [0, 3] } });
  return query.attrs.xmlns === 'encrypt' ? bundles(query) : [];
}

const relay = () => new Relay(network.account, new GroupBook(network.account), vi.fn());
const hello = (waId: string) => ({ waId, to: person, content: { kind: 'text' as const, text: 'hello' } });
const toOf = (stanza: BinaryNode | undefined): string[] =>
  (stanza?.content as BinaryNode[])
    .filter(({ tag }) => tag === 'participants')
    .flatMap(({ content }) => (content as BinaryNode[]).map(({ attrs }) => attrs.jid ?? ''));

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

it('lets no stanza leave that nobody could read (S4)', () => {
  const parts = { id: 'A', to: ada, attrs: {} };
  expect(() => assertReadable(messageStanza({ ...parts, content: [participantsNode([])] }))).toThrow(
    'nobody could have read it',
  );
  expect(() => assertReadable(messageStanza({ ...parts, content: [node('participants', {}, [])] }))).toThrow();
  expect(() =>
    assertReadable(messageStanza({ ...parts, content: [node('participants', {}, [node('to')])] })),
  ).not.toThrow();
});

const outgoing = (outbound: OutboundMessage, to: string) => ({ outbound, to, me: 'me', account: network.account });

it('says what it cannot send', async () => {
  const unsupported = { waId: 'A', to: person, content: { kind: 'unsupported' as const, type: 'imageMessage' } };
  await expect(compose(outgoing(unsupported, ada))).rejects.toMatchObject({ code: 'unsupported' });
});

it('names the message of somebody else in a group, and deletes it as an admin', async () => {
  const group = '1@g.us' as GroupJid;
  const target = { sender: { phone: '7' as PhoneDigits, lid: null }, fromMe: false };
  const outbound: OutboundMessage = { waId: 'A', to: group, content: { kind: 'delete', targetWaId: 'T' }, target };
  const { message, attrs } = await compose(outgoing(outbound, group));
  expect(attrs.edit).toBe('8');
  expect(message.protocolMessage?.key).toEqual({ remoteJid: group, fromMe: false, id: 'T', participant: ada });
});

it('keeps a device list until a notice changes it, or it is a day old', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  network.answer = friendly;
  const lists = new DeviceLists(network.account);
  expect((await lists.of([ada])).get(ada)).toEqual([ada, '7:2@s.whatsapp.net']);
  await lists.change(ada, { add: [4], remove: [2] });
  expect((await lists.of([ada])).get(ada)).toEqual([ada, '7:4@s.whatsapp.net']);
  expect((await lists.of(['77@lid'])).get('77@lid')).toEqual(['77@lid', '77:4@lid']);
  expect(network.asked('usync')).toHaveLength(1);
  vi.setSystemTime(Date.now() + 25 * 3600 * 1000);
  await lists.of([ada]);
  expect(network.asked('usync')).toHaveLength(2);
  vi.useRealTimers();
});

it('leaves out devices without a key index and those that are hosted', async () => {
  const devices = [
    node('device', { id: '0' }),
    node('device', { id: '1' }),
    node('device', { id: '2', 'key-index': '1', is_hosted: 'true' }),
    node('device', { id: '3', 'key-index': '2' }),
  ];
  const user = node('user', { jid: ada }, [node('devices', {}, [node('device-list', {}, devices)])]);
  network.answer = () => [node('usync', {}, [node('list', {}, [user])])];
  expect((await new DeviceLists(network.account).of([ada])).get(ada)).toEqual([ada, '7:3@s.whatsapp.net']);
});

it('shares one query for bundles among those who wait for it', async () => {
  network.answer = bundles;
  const starter = new SessionStarter(network.account);
  const outcomes = await Promise.all([
    starter.ensure([ada]),
    starter.ensure([ada, '8@s.whatsapp.net']),
    starter.ensure([ada]),
  ]);
  expect(outcomes.map((missing) => missing.size)).toEqual([0, 0, 0]);
  expect(
    network.asked('encrypt').map((query) => ((query.content as BinaryNode[])[0]?.content as BinaryNode[]).length),
  ).toEqual([1, 1]);
});

it('does without a device whose bundle is refused', async () => {
  network.answer = (query) => {
    const [list] = bundles(query);
    const [first, ...rest] = list?.content as BinaryNode[];
    return [node('list', {}, [node('user', first?.attrs, [node('error', { code: '404' })]), ...rest])];
  };
  expect([...(await new SessionStarter(network.account).ensure([ada, '8@s.whatsapp.net']))]).toEqual([ada]);
});

it('counts a sender key as given once the message that carried it was taken', async () => {
  const journal = new MemoryJournal();
  const memory = new SenderKeyMemory(journal);
  await memory.sending('A', 'g', 'me', [ada]);
  expect([...(await memory.have('g', 'me'))]).toEqual([ada]);
  await journal.settled();
  expect([...(await new SenderKeyMemory(journal.crash()).have('g', 'me'))]).toEqual([]);
  const again = new MemoryJournal();
  const second = new SenderKeyMemory(again);
  await second.sending('A', 'g', 'me', [ada]);
  await second.sending('B', 'g', 'me', ['8@s.whatsapp.net']);
  second.acked('A', true);
  second.acked('B', false);
  await again.settled();
  const restarted = new SenderKeyMemory(again.crash());
  expect([...(await second.have('g', 'me'))]).toEqual([ada]);
  expect([...(await restarted.have('g', 'me'))]).toEqual([ada]);
  expect([...(await restarted.have('g', 'me by lid'))]).toEqual([]);
});

it('sends a contact token that is valid, and gives its own once a week (S6)', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const tokens = new ContactTokens(network.account);
  const now = Math.floor(Date.now() / 1000);
  network.journal.put('tctoken', ada, pack({ token: Buffer.from('t'), timestamp: String(now) }));
  expect((await tokens.node(ada))?.content).toEqual(Buffer.from('t'));
  for (let i = 0; i < 3; i++) await tokens.give(ada);
  await Promise.all([tokens.give('8@s.whatsapp.net'), tokens.give('8@s.whatsapp.net')]);
  expect(network.asked('privacy')).toHaveLength(2);
  vi.setSystemTime(Date.now() + 8 * 24 * 3600 * 1000);
  await tokens.give(ada);
  expect(network.asked('privacy')).toHaveLength(3);
  expect(await tokens.node(ada)).not.toBeNull();
  vi.setSystemTime(Date.now() + 40 * 24 * 3600 * 1000);
  expect(await tokens.node(ada)).toBeNull();
  vi.useRealTimers();
});

const groupNode = (participants: BinaryNode[], attrs: Record<string, string> = {}, flags: string[] = []): BinaryNode =>
  node('group', { id: '1', subject: 'Friends', addressing_mode: 'lid', ...attrs }, [
    ...flags.map((flag) => node(flag)),
    ...participants,
  ]);
const member = (phone: string, lid: string, type?: string): BinaryNode =>
  node('participant', { jid: `${lid}@lid`, phone_number: `${phone}@s.whatsapp.net`, ...(type ? { type } : {}) });

it('reads a group in either addressing', () => {
  const read = readGroup(
    groupNode([member('7', '77', 'admin'), node('participant', { jid: ada })], {}, ['announcement']),
  );
  expect(read).toMatchObject({ group: '1@g.us', addressing: 'lid', announcement: true, locked: false });
  expect(read?.participants).toEqual([
    { person: { phone: '7', lid: '77' }, role: 'admin' },
    { person: { phone: '7', lid: null }, role: 'member' },
  ]);
});

it.each([
  ['it is not in', [member('7', '77')], [], 'group_not_member'],
  ['only admins write to', [member('7', '77', 'admin'), member('100', '500')], ['announcement'], 'group_admins_only'],
] as const)('does not write to a group that %s', async (_what, participants, flags, code) => {
  network.answer = ({ attrs }) => (attrs.xmlns === 'w:g2' ? [groupNode([...participants], {}, [...flags])] : []);
  expect(await relay().send({ ...hello('A'), to: '1@g.us' as GroupJid })).toMatchObject({ code, certain: true });
  expect(network.sent('message')).toEqual([]);
});

it('says that a group is unknown', async () => {
  network.answer = () => [node('error', { code: '404', text: 'item-not-found' })];
  expect(await relay().send({ ...hello('A'), to: '1@g.us' as GroupJid })).toMatchObject({ code: 'group_unknown' });
});

async function inGroup() {
  const members = [member('100', '500'), member('7', '77')];
  network.answer = (query) => {
    if (query.attrs.xmlns === 'w:g2') return [groupNode(members)];
    if (query.attrs.xmlns === 'usync')
      return deviceAnswer({ '77@lid': { devices: [0] }, '500@lid': { devices: [0, 3] } });
    return query.attrs.xmlns === 'encrypt' ? bundles(query) : [];
  };
  const [book, toBaileys] = [new GroupBook(network.account), vi.fn()];
  const outbox = new Relay(network.account, book, vi.fn());
  const notices = new Notifications(noticeParts(network.account, outbox, book, toBaileys), vi.fn());
  const send = async (waId: string) => {
    await outbox.send({ ...hello(waId), to: '1@g.us' as GroupJid });
    outbox.acked(node('ack', { id: waId }));
    return toOf(network.sent('message').at(-1));
  };
  return { members, notices, send, toBaileys };
}

it('gives the sender key to who has not got it, and a new one to who is left when a member goes', async () => {
  const { notices, send, members } = await inGroup();
  expect((await send('A')).sort()).toEqual(['500@lid', '77@lid']);
  expect(await send('B')).toEqual([]);
  members.push(member('8', '88'));
  members.splice(1, 1);
  await notices.receive(
    node('notification', { type: 'w:gp2', from: '1@g.us', id: 'n' }, [
      node('remove', {}, [node('participant', { jid: '77@lid' })]),
    ]),
  );
  expect(await send('C')).toEqual(['500@lid']);
  expect(network.asked('w:g2')).toHaveLength(2);
});

it('gives no sender key to the device that it runs on, though the group names it by LID (S16)', async () => {
  const { send } = await inGroup();
  expect(await send('A')).not.toContain(network.creds.me?.lid);
  expect(JSON.stringify(network.asked('encrypt'))).not.toContain(network.creds.me?.lid);
});

it('tells that a group changed, and that it is out of it', async () => {
  const { notices, toBaileys } = await inGroup();
  const notice = (change: BinaryNode) =>
    notices.receive(node('notification', { type: 'w:gp2', from: '1@g.us', id: 'n' }, [change]));
  await notice(node('subject', { subject: 'New' }));
  await notice(node('remove', {}, [node('participant', { jid: '500@lid' })]));
  await network.journal.settled();
  expect(network.journal.events.filter(({ type }) => type.startsWith('group'))).toEqual([
    { type: 'group-changed', group: '1@g.us' },
    { type: 'group-left', group: '1@g.us' },
  ]);
  expect(toBaileys).toHaveBeenCalledTimes(2);
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

it('knows itself by number and LID, and asks for the number it lacks', async () => {
  expect(identityOf(network.creds)).toEqual({ phone: '100', lid: '500', pushName: 'Shop', device: 3 });
  expect(identityOf({})).toBeUndefined();
  network.creds.me = { id: '500:3@lid', name: '~' };
  network.answer = () => null;
  expect(await findIdentity(network.account)).toEqual({
    phone: null,
    lid: '500' as LidUser,
    pushName: null,
    device: 3,
  });
  network.answer = () => [
    node('usync', {}, [node('list', {}, [node('user', { jid: '500@lid', pn_jid: '100@s.whatsapp.net' })])]),
  ];
  expect((await findIdentity(network.account))?.phone).toBe('100');
  expect(network.asked('usync')).toHaveLength(2);
  await findIdentity(network.account);
  expect(network.asked('usync')).toHaveLength(2);
});
