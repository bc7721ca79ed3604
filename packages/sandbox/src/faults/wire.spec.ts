/** Each fault of a connection that stands, as a client sees it (protocol.md B.9). */
import { describe, expect, it } from 'vitest';
import { bytesOf, child, node, type Node } from '../protocol/node.js';
import { Companion } from '../testing/companion.js';
import { TestPhone } from '../testing/phone.js';
import { linkedAccount, openAccount, openNetwork, received } from '../testing/world.js';
import type { FaultInput } from './fault.js';
import { Faults } from './faults.js';

const QUICK = 150;

const tagged = (companion: Companion, tag: string) => companion.next((each) => (each.tag === tag ? each : undefined));

describe('to a whole connection', () => {
  const cases: [string, FaultInput['effect'], Node][] = [
    ['a code', { kind: 'stream-error', code: 503 }, node('stream:error', { code: '503' })],
    [
      'unlinked',
      { kind: 'stream-error', code: 401, conflict: 'device_removed' },
      node('stream:error', { code: '401' }, [node('conflict', { type: 'device_removed' })]),
    ],
    [
      'replaced',
      { kind: 'stream-error', conflict: 'replaced' },
      node('stream:error', {}, [node('conflict', { type: 'replaced' })]),
    ],
    ['a restart', { kind: 'stream-error', code: 515 }, node('stream:error', { code: '515' })],
    ['something new', { kind: 'stream-error', child: 'mystery' }, node('stream:error', {}, [node('mystery')])],
    ['a failure without a reason', { kind: 'failure' }, node('failure')],
    ['the end of the stream', { kind: 'end-stream' }, node('xmlstreamend')],
  ];

  it.each(cases)('%s, at once where it is online', async (_, effect, expected) => {
    const network = await openNetwork();
    const [mine, other] = [await openAccount(network), await openAccount(network)];
    await mine.companion.query('w:sync:app:state', 'set', [node('sync')]);
    await other.companion.query('w:sync:app:state', 'set', [node('sync')]);
    network.faults.set({ account: mine.phone.user.pn, phase: 'online', effect, count: 1 });
    expect(await tagged(mine.companion, expected.tag)).toEqual(expected);
    await mine.companion.closed();
    await other.companion.query('w:p', 'get', [node('ping')]);
    await mine.companion.goOnline();
  });

  it('a close with its code, and a reset without one', async () => {
    const network = await openNetwork();
    const { phone, companion } = await openAccount(network);
    const account = phone.user.pn;
    network.faults.set({ account, effect: { kind: 'close', code: 1011 }, count: 1 });
    expect(await companion.closed()).toBe(1011);
    await companion.goOnline();
    network.faults.set({ account, effect: { kind: 'reset' }, count: 1 });
    expect(await companion.closed()).toBe(1006);
  });

  it('a black hole: no answer, no pong, no end', async () => {
    const network = await openNetwork();
    const { phone, companion } = await openAccount(network);
    expect(await companion.client.ping()).toBe(true);
    network.faults.set({ account: phone.user.pn, effect: { kind: 'black-hole' } });
    await expect(companion.query('w:p', 'get', [node('ping')], undefined, QUICK)).rejects.toThrow('within');
    expect(await companion.client.ping(QUICK)).toBe(false);
    expect(companion.client.isClosed).toBe(false);
  });

  it('half-open: as silent, and what was meant for it waits for the next login, which replaces nobody', async () => {
    const network = await openNetwork();
    const { phone, companion } = await openAccount(network);
    const { companion: adas } = await openAccount(network);
    network.faults.set({ account: phone.user.pn, effect: { kind: 'half-open' }, count: 1 });
    expect(await companion.client.ping(QUICK)).toBe(false);
    expect(companion.client.isClosed).toBe(false);
    await adas.message('M1', phone.jid, [companion.jid]);
    await companion.goOnline();
    expect((await tagged(companion, 'message')).attrs).toMatchObject({ id: 'M1', offline: '0' });
    expect(network.counts().replaced).toBeUndefined();
  });

  it('deafness: pings are answered and nothing else is, and what was meant for it comes later', async () => {
    const network = await openNetwork();
    const { phone, companion } = await openAccount(network);
    const ada = new TestPhone(network);
    network.faults.set({ account: phone.user.pn, effect: { kind: 'deaf' }, count: 1 });
    await companion.query('w:p', 'get', [node('ping')]);
    expect(await companion.client.ping()).toBe(true);
    await expect(companion.query('abt', 'get', [node('props')], undefined, QUICK)).rejects.toThrow('within');
    await expect(companion.message('M1', ada.jid, [ada.jid], QUICK)).rejects.toThrow('within');
    const enc = node('enc', { v: '2', type: 'msg' }, Buffer.from('x'));
    const participants = node('participants', {}, [node('to', { jid: companion.jid }, [enc])]);
    await ada.device.submit(node('message', { id: 'A1', to: phone.jid, type: 'text' }, [participants]));
    expect(companion.client.received.filter((each) => 'node' in each && each.node.tag === 'message')).toEqual([]);
    await companion.goOnline();
    expect((await tagged(companion, 'message')).attrs.id).toBe('A1');
    expect(ada.received.filter(({ tag }) => tag === 'message')).toEqual([]);
  });

  it('a frame of garbage, and the connection stays open', async () => {
    const network = await openNetwork();
    const { phone, companion } = await openAccount(network);
    network.faults.set({ account: phone.user.pn, effect: { kind: 'garbage-frame' }, count: 1 });
    await companion.client.take((each) => ('undecodable' in each ? true : undefined), 'garbage');
    expect(companion.client.isClosed).toBe(false);
  });

  it('with a probability, some are struck and some are not', async () => {
    const thrown = [0.9, 0.1];
    const network = await openNetwork({ faults: new Faults(() => thrown.shift() ?? 1) });
    const accounts = [await openAccount(network), await openAccount(network)];
    network.faults.set({ probability: 0.5, effect: { kind: 'close' } });
    await accounts[1]?.companion.closed();
    expect(accounts[0]?.companion.client.isClosed).toBe(false);
  });
});

describe('in a phase', () => {
  it('of a QR that is shown', async () => {
    const network = await openNetwork();
    network.faults.set({ phase: 'pairing', effect: { kind: 'stream-error', code: 503 }, count: 1 });
    const companion = new Companion(network.url, network.rootKey);
    await companion.showQr();
    expect((await tagged(companion, 'stream:error')).attrs.code).toBe('503');
  });

  it('between the scan and the proof', async () => {
    const network = await openNetwork();
    const phone = new TestPhone(network);
    network.faults.set({ account: phone.user.pn, phase: 'scanned', effect: { kind: 'reset' } });
    const companion = new Companion(network.url, network.rootKey);
    const { refs } = await companion.showQr();
    await expect(phone.scan(companion, refs[0] ?? '')).rejects.toThrow('gone');
    expect(network.linkedDevices(phone.user.pn)).toEqual([0]);
  });

  it('of the first login after linking, and not of the next', async () => {
    const network = await openNetwork();
    const { phone, companion } = await linkedAccount(network);
    network.faults.set({
      account: phone.user.pn,
      phase: 'first-sync',
      effect: { kind: 'close', code: 1012 },
      count: 1,
    });
    await companion.logIn();
    expect(await companion.closed()).toBe(1012);
    await companion.goOnline();
    await companion.query('w:sync:app:state', 'set', [node('sync')]);
    network.faults.set({ account: phone.user.pn, phase: 'first-sync', effect: { kind: 'close' } });
    await companion.goOnline();
    await companion.query('w:p', 'get', [node('ping')]);
  });

  it('of leaving: the client has asked to be unlinked, and still is linked', async () => {
    const network = await openNetwork();
    const { phone, companion } = await openAccount(network);
    network.faults.set({ account: phone.user.pn, phase: 'leaving', effect: { kind: 'close', code: 1011 }, count: 1 });
    const removal = node('remove-companion-device', { jid: companion.jid, reason: 'user_initiated' });
    companion.query('md', 'set', [removal]).catch(() => undefined);
    expect(await companion.closed()).toBe(1011);
    expect(network.linkedDevices(phone.user.pn)).toEqual([0, 1]);
    await companion.goOnline();
    await companion.query('md', 'set', [removal]);
    expect(network.linkedDevices(phone.user.pn)).toEqual([0]);
  });

  it('of sending: the message was taken, and the connection breaks', async () => {
    const network = await openNetwork();
    const { phone, companion } = await openAccount(network);
    const ada = new TestPhone(network);
    network.faults.set({ account: phone.user.pn, effect: { kind: 'lost-ack' }, count: 1 });
    network.faults.set({ account: phone.user.pn, phase: 'sending', effect: { kind: 'reset' }, count: 1 });
    companion.sendMessage('M1', ada.jid, [ada.jid]);
    await companion.closed();
    await received(ada, ({ attrs }) => attrs.id === 'M1');
    await companion.goOnline();
    expect((await companion.message('M1', ada.jid, [ada.jid])).attrs.error).toBeUndefined();
    expect(network.counts()['duplicates']).toBe(1);
  });
});

describe('to queries', () => {
  it('of one namespace: no answer', async () => {
    const network = await openNetwork();
    const { phone, companion } = await openAccount(network);
    network.faults.set({ account: phone.user.pn, effect: { kind: 'unanswered', xmlns: 'usync' } });
    await expect(companion.query('usync', 'get', [node('usync')], undefined, QUICK)).rejects.toThrow('within');
    await companion.query('abt', 'get', [node('props')]);
  });

  it('an error', async () => {
    const network = await openNetwork();
    const { companion } = await openAccount(network);
    const effect = { kind: 'refuse-query', xmlns: 'usync', code: 429, text: 'rate-overlimit' } as const;
    network.faults.set({ effect, count: 1 });
    const answer = await companion.query('usync', 'get', [node('usync')]);
    expect(child(answer, 'error')?.attrs).toEqual({ code: '429', text: 'rate-overlimit' });
  });
});

describe('to messages', () => {
  it.each([463, 475, 479, 429])('refused with %i, and delivered to nobody', async (code) => {
    const network = await openNetwork();
    const { phone, companion } = await openAccount(network);
    const ada = new TestPhone(network);
    network.faults.set({ account: phone.user.pn, effect: { kind: 'nack', code }, count: 1 });
    expect((await companion.message('M1', ada.jid, [ada.jid])).attrs.error).toBe(String(code));
    expect((await companion.message('M2', ada.jid, [ada.jid])).attrs.error).toBeUndefined();
    await received(ada, ({ attrs }) => attrs.id === 'M2');
    expect(ada.received).toEqual([]);
  });

  it('delivered, and the ack is lost; or lost both', async () => {
    const network = await openNetwork();
    const { companion } = await openAccount(network);
    const ada = new TestPhone(network);
    network.faults.set({ effect: { kind: 'lost-ack' }, count: 1 });
    await expect(companion.message('M1', ada.jid, [ada.jid], QUICK)).rejects.toThrow('within');
    await received(ada, ({ attrs }) => attrs.id === 'M1');
    network.faults.set({ effect: { kind: 'lost-message' }, count: 1 });
    await expect(companion.message('M2', ada.jid, [ada.jid], QUICK)).rejects.toThrow('within');
    expect(ada.received).toEqual([]);
    await companion.message('M2', ada.jid, [ada.jid]);
    await received(ada, ({ attrs }) => attrs.id === 'M2');
  });

  it('delivered twice', async () => {
    const network = await openNetwork();
    const { phone, companion } = await openAccount(network);
    const { companion: adas } = await openAccount(network);
    network.faults.set({ account: phone.user.pn, effect: { kind: 'duplicate-delivery' }, count: 1 });
    await adas.message('M1', phone.jid, [companion.jid]);
    const [one, two] = [await tagged(companion, 'message'), await tagged(companion, 'message')];
    expect(one).toEqual(two);
  });

  it('altered on the way in or out, so that nobody can open it', async () => {
    const network = await openNetwork();
    const { phone, companion } = await openAccount(network);
    const { phone: ada, companion: adas } = await openAccount(network);
    const account = phone.user.pn;
    const contents = (stanza: Node): string => Buffer.from(bytesOf(child(stanza, 'enc')) ?? []).toString();
    network.faults.set({ account, effect: { kind: 'altered-message' }, count: 1 });
    await companion.message('M1', ada.jid, [adas.jid]);
    const out = contents(await tagged(adas, 'message'));
    network.faults.set({ account, effect: { kind: 'altered-delivery' }, count: 1 });
    await adas.message('M2', phone.jid, [companion.jid]);
    const into = contents(await tagged(companion, 'message'));
    expect([out, into]).toEqual([expect.stringMatching(/^M1 for /), expect.stringMatching(/^M2 for /)]);
    expect([out, into]).not.toContain(`M1 for ${adas.jid}`);
    expect([out, into]).not.toContain(`M2 for ${companion.jid}`);
    await adas.message('M3', phone.jid, [companion.jid]);
    expect(contents(await tagged(companion, 'message'))).toBe(`M3 for ${companion.jid}`);
  });
});

it('delays every frame, in order, for the account it is set for', async () => {
  const network = await openNetwork();
  const { phone, companion } = await openAccount(network);
  const ping = async () => {
    const begun = performance.now();
    await companion.query('w:p', 'get', [node('ping')]);
    return performance.now() - begun;
  };
  const id = network.faults.set({ account: phone.user.pn, effect: { kind: 'latency', latencyMs: 60, jitterMs: 20 } });
  expect(await ping()).toBeGreaterThanOrEqual(120);
  const ada = new TestPhone(network);
  const ids = Array.from({ length: 20 }, (_, n) => `M${n}`);
  for (const each of ids) companion.sendMessage(each, ada.jid, [ada.jid]);
  const acked: (string | undefined)[] = [];
  while (acked.length < ids.length) acked.push((await tagged(companion, 'ack')).attrs.id);
  expect(acked).toEqual(ids);
  expect(network.faults.clear(id)).toBe(true);
});

it('keeps an account from knowing its number until the fault is cleared', async () => {
  const network = await openNetwork();
  const phone = new TestPhone(network);
  const id = network.faults.set({ account: phone.user.pn, effect: { kind: 'hidden-number' } });
  const companion = await phone.link(network.url, network.rootKey, { lidOnly: true });
  const said: string[] = [];
  network.capture(({ direction, node: each }) => {
    if (direction === 'out') said.push(JSON.stringify(each));
  });
  await companion.goOnline();
  const ask = async () => {
    const list = node('list', {}, [node('user', { jid: phone.lid })]);
    const content = [node('usync', { mode: 'query' }, [node('query', {}, [node('contact'), node('lid')]), list])];
    return companion.query('usync', 'get', content);
  };
  await ask();
  const enc = node('enc', { v: '2', type: 'msg' }, Buffer.from('x'));
  await phone.device.submit(node('message', { id: 'P1', to: companion.jid, type: 'text', category: 'peer' }, [enc]));
  expect((await tagged(companion, 'message')).attrs.from).toBe(phone.lid);
  const ada = new TestPhone(network);
  await phone.device.submit(node('receipt', { id: 'M1', to: ada.jid, type: 'read-self' }));
  expect((await tagged(companion, 'receipt')).attrs.from).toBe(phone.lid);
  expect(said.filter((each) => each.includes(phone.user.pn))).toEqual([]);
  network.faults.clear(id);
  expect(JSON.stringify(await ask())).toContain(phone.jid);
});

it('cuts connections off by number', async () => {
  const network = await openNetwork();
  const [mine, other] = [await openAccount(network), await openAccount(network)];
  expect(network.dropConnections(mine.phone.user.pn)).toBe(1);
  expect(await mine.companion.closed()).toBe(1006);
  expect(other.companion.client.isClosed).toBe(false);
});

it('closes on a client whose frames cannot be read, and counts it', async () => {
  const network = await openNetwork();
  const { companion } = await openAccount(network);
  companion.client.sendGarbage();
  await companion.closed();
  expect(network.counts()['refused:node']).toBe(1);
});
