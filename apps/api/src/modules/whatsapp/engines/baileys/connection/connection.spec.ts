import { EventEmitter } from 'node:events';
import { Curve, initAuthCreds, makeEventBuffer, proto, type WASocket } from 'baileys';
import { expect, it, vi } from 'vitest';
import { FakeNetwork, node } from '../testing/fake-network.js';
import { MemoryJournal } from '../../testing/memory-journal.js';
import { quietLogger } from '../quiet.logger.js';
import { checkChain, trustSandboxRoot } from './certificate.js';
import { contain } from './contained.js';
import { filterEvents } from './event.filter.js';
import { gateFrames } from './gate.js';
import { closeWithin, type RawSocket } from './raw.socket.js';

type Client = WASocket['ws'];
const emitter = (): Client => new EventEmitter() as unknown as Client;
const turn = () => new Promise((resolve) => setImmediate(resolve));

function socket(readyState = 1) {
  const sent: string[] = [];
  const events = new EventEmitter();
  const raw = {
    CONNECTING: 0,
    OPEN: 1,
    CLOSED: 3,
    readyState,
    send: (data: Uint8Array) => void sent.push(Buffer.from(data).toString()),
    close: vi.fn(),
    terminate: vi.fn(() => events.emit('close')),
    once: (_event: string, listener: () => void) => events.once('close', listener),
  };
  return { sent, raw: raw as typeof raw & RawSocket, events };
}

it('holds frames in order until what was written before them is durable (S25)', async () => {
  const [journal, { raw, sent }] = [new MemoryJournal(), socket()];
  gateFrames(raw, journal);
  journal.holdCommits();
  const queued = vi.fn();
  raw.send(Buffer.from('one'), queued);
  journal.put('session', '1.0', Buffer.from('step'));
  raw.send(Buffer.from('two'), queued);
  await turn();
  expect([queued.mock.calls.length, sent]).toEqual([2, []]);
  journal.resume();
  await journal.settled();
  expect(sent).toEqual(['one', 'two']);
});

it('lets no frame out of a socket that has closed meanwhile', async () => {
  const [journal, { raw, sent }] = [new MemoryJournal(), socket()];
  gateFrames(raw, journal);
  raw.send(Buffer.from('late'));
  raw.readyState = 3;
  await journal.settled();
  expect(sent).toEqual([]);
});

it('lets no frame out after the lease was lost', async () => {
  const [journal, { raw, sent }] = [new MemoryJournal(), socket()];
  gateFrames(raw, journal);
  journal.holdCommits();
  raw.send(Buffer.from('not ours any more'));
  journal.crash();
  journal.resume();
  await turn();
  expect(sent).toEqual([]);
});

it('keeps failures of listeners inside the connection (S9)', async () => {
  const client = emitter();
  const [failed, badFrame] = [vi.fn(), vi.fn()];
  client.on('message', async () => Promise.reject(new Error('does not decrypt')));
  contain(client, { failed, badFrame });
  client.on('CB:one', async () => Promise.reject(new Error('async')));
  client.on('CB:two', () => {
    throw new Error('sync');
  });
  expect([client.emit('CB:one'), client.emit('CB:two'), client.emit('CB:none')]).toEqual([true, true, false]);
  client.emit('message', Buffer.from('garbage'));
  await turn();
  expect(failed.mock.calls.map(([event]) => event)).toEqual(['CB:two', 'CB:one']);
  expect(badFrame).toHaveBeenCalledOnce();
});

it('takes one WebSocket message after another, however long one takes to decode', async () => {
  const [client, order] = [emitter(), [] as string[]];
  let release = (): void => undefined;
  const slow = new Promise<void>((resolve) => (release = resolve));
  client.on('message', async (name: string) => {
    if (name === 'compressed') await slow;
    order.push(name);
  });
  contain(client, { failed: vi.fn(), badFrame: vi.fn() });
  client.emit('message', 'compressed');
  client.emit('message', 'plain');
  await turn();
  release();
  await turn();
  expect(order).toEqual(['compressed', 'plain']);
});

it('lets neither messages nor statuses pass, and history at once (S12, S15)', () => {
  const events = makeEventBuffer(quietLogger());
  const [seen, history, resent, chats, messages] = [vi.fn(), vi.fn(), vi.fn(), vi.fn(), vi.fn()];
  filterEvents(events, initAuthCreds(), { history, resent, chats, messages });
  for (const name of ['messages.upsert', 'messages.update', 'chats.update'] as const) events.on(name, seen);
  events.buffer();
  const stub = { key: { id: 'A' }, messageStubType: 2 } as never;
  events.emit('messages.upsert', { messages: [stub], type: 'notify' });
  events.emit('messages.update', []);
  events.emit('chats.update', [{ id: '7@lid', archived: true }]);
  events.emit('messaging-history.set', { chats: [], contacts: [], messages: [] } as never);
  events.emit('messages.upsert', { messages: [stub], type: 'notify', requestId: 'asked for' });
  events.flush();
  expect(seen).not.toHaveBeenCalled();
  expect(history).toHaveBeenCalledOnce();
  expect(chats).toHaveBeenCalledExactlyOnceWith([{ id: '7@lid', archived: true }]);
  expect(messages).toHaveBeenCalledExactlyOnceWith([]);
  expect(resent).toHaveBeenCalledExactlyOnceWith([stub]);
});

it('does not let Baileys take a silence about the name for a new one (S7)', () => {
  const events = makeEventBuffer(quietLogger());
  const creds = { ...initAuthCreds(), me: { id: '1:1@s.whatsapp.net', name: 'Shop' } };
  filterEvents(events, creds, { history: vi.fn(), resent: vi.fn(), chats: vi.fn(), messages: vi.fn() });
  const names: (string | undefined)[] = [];
  events.on('creds.update', ({ me }) => names.push(me?.name));
  events.emit('creds.update', { nextPreKeyId: 5 });
  events.emit('creds.update', { me: { ...creds.me, name: 'New name' } });
  expect(names).toEqual(['Shop', 'New name']);
});

it('takes timeouts, refusals and a closed connection for what they are (S4)', async () => {
  const network = new FakeNetwork();
  network.answer = () => null;
  expect(await network.wire.ask(node('iq', {}))).toMatchObject({ ok: false, failure: 'timed_out' });
  network.answer = () => [node('error', { code: '429', text: 'rate-overlimit' })];
  expect(await network.wire.ask(node('iq', {}))).toMatchObject({ failure: 'refused', code: 429 });
  network.answer = () => null;
  const waiting = network.wire.ask(node('iq', {}), 60_000);
  network.ended.abort();
  expect(await waiting).toMatchObject({ failure: 'closed' });
  expect(await network.wire.ask(node('iq', {}))).toMatchObject({ failure: 'closed' });
});

it('does not wait long for the other side to close (S10)', async () => {
  const { raw } = socket();
  await closeWithin(raw, 20);
  expect(raw.close).toHaveBeenCalledOnce();
  expect(raw.terminate).toHaveBeenCalledOnce();
  await closeWithin(socket(3).raw, 60_000);
});

it('logs sentences, and never what they are about (S8)', () => {
  const said = vi.fn();
  const logger = quietLogger(said);
  const session = { private: 'key material' };
  logger.info(session, 'Closing session');
  logger.child({ session }).error({ session }, 'failed to decrypt');
  logger.warn(session);
  expect(said.mock.calls).toEqual([['error', 'failed to decrypt']]);
});

const { Details } = proto.CertChain.NoiseCertificate;
const NOW = 1_800_000_000;

function chain(leaf: Record<string, unknown> = {}, intermediate: Record<string, unknown> = {}): proto.ICertChain {
  const dates = { notBefore: NOW - 1000, notAfter: NOW + 1000 };
  const [leafKey, key] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
  const encode = (fields: object) => ({ details: Details.encode(Details.fromObject(fields)).finish() });
  return {
    leaf: encode({ serial: 2, issuerSerial: 1, key: leafKey, ...dates, ...leaf }),
    intermediate: encode({ serial: 1, issuerSerial: 0, key, ...dates, ...intermediate }),
  };
}

it.each([
  ["another server's key", chain(), Buffer.alloc(32, 9)],
  ['no key', chain(), undefined],
  ['another issuer', chain({ issuerSerial: 8 }), Buffer.alloc(32, 1)],
  ['an old leaf', chain({ notAfter: NOW - 7200 }), Buffer.alloc(32, 1)],
  ['an intermediate of tomorrow', chain({}, { notBefore: NOW + 7200 }), Buffer.alloc(32, 1)],
  ['no leaf', { intermediate: chain().intermediate }, Buffer.alloc(32, 1)],
] as const)('refuses a certificate chain with %s', (_what, certificates, serverKey) => {
  expect(() => checkChain(certificates, serverKey, NOW)).toThrow(/certificate/);
});

it('takes a chain that is right, a clock that is a little wrong, and dates that are none', () => {
  const serverKey = Buffer.alloc(32, 1);
  expect(() => checkChain(chain(), serverKey, NOW)).not.toThrow();
  expect(() => checkChain(chain({ notAfter: NOW - 60 }), serverKey, NOW)).not.toThrow();
  expect(() => checkChain(chain({ notBefore: 0, notAfter: 0 }), serverKey, NOW)).not.toThrow();
});

it('takes no root that is no key', () => {
  expect(() => trustSandboxRoot('abcd')).toThrow('32 bytes');
  expect(Curve.generateKeyPair().public).toHaveLength(32);
});
