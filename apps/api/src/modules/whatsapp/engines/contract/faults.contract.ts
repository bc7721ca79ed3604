import type { Reason } from '@trunkline/contracts';
import { expect, it, vi } from 'vitest';
import { byNumber, TestAccount, type ContractWorld } from '../testing/linked-account.js';

type FaultInput = Parameters<ContractWorld['control']['setFault']>[0];
type Effect = FaultInput['effect'];

/** What the server does to a connection that is open (protocol.md B.9). */
const ONLINE: [what: string, effect: Effect, reason: Reason][] = [
  ['another device takes its place', { kind: 'stream-error', conflict: 'replaced' }, 'replaced'],
  ['the phone removes it', { kind: 'stream-error', code: 401, conflict: 'device_removed' }, 'unlinked'],
  ['a restart is asked for', { kind: 'stream-error', code: 515 }, 'restart_required'],
  ['the server is busy', { kind: 'stream-error', code: 503 }, 'unavailable'],
  ['an error nobody knows', { kind: 'stream-error', child: 'xml-not-well-formed' }, 'server_error'],
  ['the stream ends', { kind: 'end-stream' }, 'connection_closed'],
  ['the WebSocket closes', { kind: 'close' }, 'connection_closed'],
  ['the TCP connection is cut', { kind: 'reset' }, 'connection_closed'],
  ['a frame is garbage', { kind: 'garbage-frame' }, 'bad_frame'],
];

/** What it does to one that begins. */
const CONNECTING: [what: string, effect: Effect, reason: Reason][] = [
  ['login refused', { kind: 'failure', reason: 401 }, 'unlinked'],
  ['temporarily banned', { kind: 'failure', reason: 402, attributes: { expire: '600' } }, 'temporarily_banned'],
  ['banned', { kind: 'failure', reason: 403 }, 'banned'],
  ['too old a client', { kind: 'failure', reason: 405 }, 'client_outdated'],
  ['an old user agent', { kind: 'failure', reason: 409 }, 'client_outdated'],
  ['trouble at the server', { kind: 'failure', reason: 500 }, 'server_error'],
  ['no service', { kind: 'failure', reason: 503 }, 'unavailable'],
  ['a failure without a reason', { kind: 'failure' }, 'server_error'],
  ['too many upgrades', { kind: 'upgrade', status: 429 }, 'rate_limited'],
  ['an upgrade that is forbidden', { kind: 'upgrade', status: 403 }, 'unavailable'],
  ['an upgrade that is never answered', { kind: 'upgrade' }, 'connection_timeout'],
  ['no ServerHello', { kind: 'no-server-hello' }, 'connection_timeout'],
  ['a chain by another root', { kind: 'bad-certificate', flaw: 'root-signature' }, 'bad_certificate'],
  ['a leaf that nobody signed', { kind: 'bad-certificate', flaw: 'leaf-signature' }, 'bad_certificate'],
  ["another server's chain", { kind: 'bad-certificate', flaw: 'leaf-key' }, 'bad_certificate'],
  ['a chain that is out of date', { kind: 'bad-certificate', flaw: 'expired' }, 'bad_certificate'],
  ['a leaf of another issuer', { kind: 'bad-certificate', flaw: 'issuer' }, 'bad_certificate'],
];

export function faultsContract(world: ContractWorld): void {
  it.each(ONLINE)('while it is online: %s', async (_what, effect, reason) => {
    const account = await TestAccount.online(world);
    const ada = await world.control.createPerson({ rule: { kind: 'silent' } });
    const bystander = await TestAccount.online(world);
    await world.control.setFault({ account: account.phone.number, effect, count: 1 });
    const closed = await account.closed();
    expect(closed.reason).toBe(reason);
    await bystander.ack(await bystander.sendText(byNumber(ada.number), 'still here'));
    expect(await account.send(byNumber(ada.number), 'x')).toMatchObject({ code: 'not_connected', certain: true });
    await account.login();
    expect(await account.session.probe(5_000)).toBe(true);
  });

  it.each(CONNECTING)('while it connects: %s', async (_what, effect, reason) => {
    const account = await TestAccount.create(world);
    await account.link();
    await world.control.setFault({ account: account.phone.number, phase: 'connecting', effect, count: 1 });
    account.open(true);
    const closed = await account.closed();
    expect(closed.reason).toBe(reason);
    if (reason === 'temporarily_banned') expect(closed.until).toBeGreaterThan(Date.now() + 500_000);
    await account.login();
  });

  it('finds a link that is dead by its keep-alive (S11)', async () => {
    const account = await TestAccount.online(world);
    await world.control.setFault({ account: account.phone.number, effect: { kind: 'black-hole' }, count: 1 });
    expect((await account.closed()).reason).toBe('connection_lost');
  });

  it('tells by a probe that a connection is deaf', async () => {
    const account = await TestAccount.online(world);
    expect(await account.session.probe(5_000)).toBe(true);
    await world.control.setFault({ account: account.phone.number, effect: { kind: 'deaf' }, count: 1 });
    expect(await account.session.probe(300)).toBe(false);
  });

  it('says for how long nothing came but answers to pings', async () => {
    const account = await TestAccount.online(world);
    const ada = await world.control.createPerson({ rule: { kind: 'silent' } });
    const silentFor = (ms: number) => vi.waitUntil(() => account.session.silentMs() > ms, { timeout: 10_000 });
    await silentFor(4_000); // Pings go and are answered meanwhile.
    await world.control.write(ada.number, { to: account.phone.number, text: 'still there?' });
    await account.message('still there?');
    expect(account.session.silentMs()).toBeLessThan(3_000);
  });

  it('says that nothing is there to connect to', async () => {
    const account = await TestAccount.create(world);
    await account.link();
    const elsewhere = { ...world, endpoint: () => ({ url: 'ws://127.0.0.1:9/ws/chat' }) };
    const lost = Object.assign(Object.create(Object.getPrototypeOf(account)) as TestAccount, account, {
      world: elsewhere,
    });
    lost.open(true);
    expect((await lost.closed()).reason).toBe('network_unreachable');
  });

  it('waits for no code that never comes', async () => {
    const account = await TestAccount.create(world);
    const effect = { kind: 'unanswered', xmlns: 'md' } as const;
    await world.control.setFault({ account: account.phone.number, effect, count: 1 });
    account.open(false, account.phone.number);
    expect((await account.closed()).reason).toBe('connection_timeout');
  });

  it('does not show a code that the server refused to make', async () => {
    const account = await TestAccount.create(world);
    const effect = { kind: 'refuse-query', xmlns: 'md', code: 429, text: 'rate-overlimit' } as const;
    await world.control.setFault({ account: account.phone.number, effect, count: 1 });
    account.open(false, account.phone.number);
    expect((await account.closed()).reason).toBe('rate_limited');
    expect(account.journal.eventsOf('pairing-code')).toEqual([]);
  });
}
