import type { Reason } from '@trunkline/contracts';
import type { FaultInput } from '@trunkline/sandbox';
import type { Case } from '../stage.js';

type Effect = FaultInput['effect'];
/** `again`: the client can log in after that. A client that is turned away for good may forget its credentials. */
interface Row {
  name: string;
  effect: Effect;
  reason: Reason;
  again?: false;
}

/** While the client is online. */
const online: Row[] = [
  { name: 'stream error 503', effect: { kind: 'stream-error', code: 503 }, reason: 'unavailable' },
  { name: 'stream error 515', effect: { kind: 'stream-error', code: 515 }, reason: 'restart_required' },
  { name: 'stream error without a code', effect: { kind: 'stream-error', child: 'strange' }, reason: 'server_error' },
  { name: 'stream error replaced', effect: { kind: 'stream-error', conflict: 'replaced' }, reason: 'replaced' },
  {
    name: 'stream error device removed',
    effect: { kind: 'stream-error', code: 401, conflict: 'device_removed' },
    reason: 'unlinked',
    again: false,
  },
  { name: 'the end of the stream', effect: { kind: 'end-stream' }, reason: 'connection_closed' },
  { name: 'a closed WebSocket', effect: { kind: 'close', code: 1011 }, reason: 'connection_closed' },
  { name: 'a reset connection', effect: { kind: 'reset' }, reason: 'connection_closed' },
  { name: 'a black hole', effect: { kind: 'black-hole' }, reason: 'connection_lost' },
  { name: 'a frame of garbage', effect: { kind: 'garbage-frame' }, reason: 'bad_frame' },
];

/** While it is logging in. */
const connecting: Row[] = [
  ...failures({ 401: 'unlinked', 403: 'banned' }, false),
  ...failures({
    402: 'temporarily_banned',
    405: 'client_outdated',
    409: 'client_outdated',
    500: 'server_error',
    503: 'unavailable',
  }),
  { name: 'failure without a reason', effect: { kind: 'failure' }, reason: 'server_error' },
  { name: 'HTTP status 429 on the upgrade', effect: { kind: 'upgrade', status: 429 }, reason: 'rate_limited' },
  { name: 'an upgrade that is never answered', effect: { kind: 'upgrade' }, reason: 'connection_timeout' },
  { name: 'no ServerHello', effect: { kind: 'no-server-hello' }, reason: 'connection_timeout' },
  { name: 'a close before the handshake', effect: { kind: 'close' }, reason: 'connection_closed' },
  {
    name: 'a server that wants a newer client',
    effect: { kind: 'least-version', version: [99, 0, 0] },
    reason: 'client_outdated',
  },
];

/** A chain or a key that is not the trusted one's (protocol.md B.2). */
const flaws = ['root-signature', 'leaf-signature', 'leaf-key', 'expired', 'issuer'] as const;

function failures(reasons: Record<number, Reason>, again?: false): Row[] {
  return Object.entries(reasons).map(([code, reason]) => ({
    name: `failure ${code}`,
    effect: { kind: 'failure', reason: Number(code) },
    reason,
    again,
  }));
}

function whileOnline({ name, effect, reason, again }: Row): Case {
  return {
    name: `online: sees ${name}${again === false ? '' : ' and comes back'}`,
    async run(stage) {
      const { account, phone } = await stage.linked();
      await stage.settled(account, phone);
      await stage.fault(account, { effect, phase: 'online' });
      await account.next('closed', { reason });
      if (again !== false) await account.login();
    },
  };
}

function whileConnecting({ name, effect, reason, again }: Row): Case {
  return {
    name: `connecting: sees ${name}${again === false ? '' : ' and comes back'}`,
    async run(stage) {
      const { account } = await stage.linked();
      await account.close();
      await stage.fault(account, { effect, phase: 'connecting' });
      await account.tryLogin();
      await account.next('closed', { reason });
      if (again !== false) await account.login();
    },
  };
}

function refusesChain(flaw: (typeof flaws)[number]): Case {
  return {
    name: `refuses a certificate chain with a wrong ${flaw}`,
    async run(stage) {
      const { account } = await stage.linked();
      await account.close();
      await stage.fault(account, { effect: { kind: 'bad-certificate', flaw } });
      await account.tryLogin();
      await account.next('closed', { reason: 'bad_certificate' });
      await account.login();
    },
  };
}

/** Every row of protocol.md B.9 that ends a connection, and what a client must not connect to. */
export const faults: Case[] = [
  ...online.map(whileOnline),
  ...connecting.map(whileConnecting),
  ...flaws.map(refusesChain),
];
