/** Each fault, as a client sees it (protocol.md B.9). */
import { describe, expect, it } from 'vitest';
import type { Network } from '../network/network.js';
import { bytesOf, child, node, type Node } from '../protocol/node.js';
import { selfSignedCertificate } from '../protocol/self.signed.js';
import { chainFlaws } from '../protocol/certificate.js';
import { Companion } from '../testing/companion.js';
import { TestPhone } from '../testing/phone.js';
import { openAccount, openNetwork, received, until } from '../testing/world.js';
import type { FaultInput } from './fault.js';
import { Faults } from './faults.js';

const QUICK = 150;

async function linked(network: Network) {
  const phone = new TestPhone(network);
  return { phone, companion: await phone.link(network.url, network.rootKey) };
}

const tagged = (companion: Companion, tag: string) => companion.next((each) => (each.tag === tag ? each : undefined));

describe('while connecting', () => {
  it.each([429, 403, 503])('the upgrade is answered with %i', async (status) => {
    const network = await openNetwork();
    const { companion } = await linked(network);
    network.faults.set({ effect: { kind: 'upgrade', status }, count: 1 });
    await expect(companion.logIn()).rejects.toThrow(`HTTP ${status}`);
    expect((await companion.logIn()).tag).toBe('success');
  });

  it('the upgrade is never answered', async () => {
    const network = await openNetwork();
    const { companion } = await linked(network);
    network.faults.set({ effect: { kind: 'upgrade' } });
    const outcome = companion.logIn().catch((error: Error) => error.message);
    await until(() => network.counts()['faults:upgrade'] === 1);
    network.faults.clear();
    await network.close();
    expect(await outcome).toMatch(/hang up|ECONNRESET|socket/);
  });

  it('the account in the URL is the one that is struck', async () => {
    const network = await openNetwork();
    const [mine, other] = [await linked(network), await linked(network)];
    network.faults.set({ account: mine.phone.user.pn, effect: { kind: 'upgrade', status: 429 } });
    const { url } = mine.companion;
    mine.companion.url = `${url}?account=${mine.phone.user.pn}`;
    await expect(mine.companion.logIn()).rejects.toThrow('HTTP 429');
    const routing = Buffer.from(`${mine.phone.user.lid}:1`).toString('base64url');
    mine.companion.url = `${url}?ED=${routing}`;
    await expect(mine.companion.logIn()).rejects.toThrow('HTTP 429');
    expect((await other.companion.logIn()).tag).toBe('success');
  });

  it('connections are refused by the system, and taken again on the same port', async () => {
    const network = await openNetwork();
    const { companion } = await linked(network);
    await network.setListening(false);
    await expect(companion.logIn()).rejects.toThrow('ECONNREFUSED');
    await network.setListening(true);
    expect((await companion.logIn()).tag).toBe('success');
  });

  it('new ones are refused while those that are open go on', async () => {
    const network = await openNetwork();
    const { companion } = await openAccount(network);
    await network.setListening(false);
    await companion.query('w:p', 'get', [node('ping')]);
  });

  it("the TLS certificate is nobody's", async () => {
    const network = await openNetwork({ tls: selfSignedCertificate() });
    expect(network.url).toMatch(/^wss:/);
    await expect(new Companion(network.url, network.rootKey).showQr()).rejects.toThrow('self-signed certificate');
  });

  it('there is no server hello', async () => {
    const network = await openNetwork();
    const { companion } = await linked(network);
    network.faults.set({ effect: { kind: 'no-server-hello' } });
    await expect(companion.logIn()).rejects.toThrow('no server hello');
  });

  it.each(chainFlaws)('the chain is bad: %s', async (flaw) => {
    const network = await openNetwork();
    const { phone, companion } = await linked(network);
    network.faults.set({ effect: { kind: 'bad-certificate', flaw } });
    await expect(companion.logIn()).rejects.toThrow(flaw);
    network.faults.clear();
    await companion.goOnline();
    network.faults.set({ account: phone.user.pn, effect: { kind: 'bad-certificate', flaw } });
    await expect(companion.logIn()).rejects.toThrow(flaw);
    expect((await linked(network)).companion.jid).toContain(':1@');
  });

  it.each([401, 402, 403, 405, 409, 500, 503])('the login fails with %i', async (reason) => {
    const network = await openNetwork();
    const { phone, companion } = await linked(network);
    const attributes = { expire: '3600', code: '101' };
    network.faults.set({
      account: phone.user.pn,
      phase: 'connecting',
      effect: { kind: 'failure', reason, attributes },
    });
    expect((await companion.logIn()).attrs).toEqual({ reason: String(reason), ...attributes });
    await companion.closed();
  });

  it('the client is too old, and a newer one is not', async () => {
    const network = await openNetwork();
    const { companion } = await linked(network);
    network.faults.set({ effect: { kind: 'least-version', version: [2, 3000, 2] } });
    expect((await companion.logIn()).attrs.reason).toBe('405');
    companion.version = [2, 3000, 2];
    expect((await companion.logIn()).tag).toBe('success');
  });

  it('nothing is said after the handshake', async () => {
    const network = await openNetwork();
    const { phone, companion } = await linked(network);
    network.faults.set({ account: phone.user.pn, phase: 'connecting', effect: { kind: 'black-hole' } });
    await companion.reconnect();
    expect(await companion.client.ping(QUICK)).toBe(false);
    expect(companion.client.received).toEqual([]);
  });
});

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
    const { phone, companion } = await linked(network);
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
  const before = await ping();
  const id = network.faults.set({ account: phone.user.pn, effect: { kind: 'latency', latencyMs: 60, jitterMs: 20 } });
  expect(await ping()).toBeGreaterThanOrEqual(120);
  const ada = new TestPhone(network);
  const ids = Array.from({ length: 20 }, (_, n) => `M${n}`);
  for (const each of ids) companion.sendMessage(each, ada.jid, [ada.jid]);
  const acked: (string | undefined)[] = [];
  while (acked.length < ids.length) acked.push((await tagged(companion, 'ack')).attrs.id);
  expect(acked).toEqual(ids);
  network.faults.clear(id);
  expect(before).toBeLessThan(60);
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
