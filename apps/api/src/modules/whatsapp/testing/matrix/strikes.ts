/** How each fault is committed. Most are the sandbox's own; the others are done by hand, to the account's line, phone or clock. */
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { FaultInput } from '@trunkline/sandbox';
import type { Fault } from '../../accounts/faults/fault.js';
import type { Cell } from './cell.js';
import { openRival } from './rival.js';
import { type TestProxy, startProxy } from '../../proxies/testing/test.proxy.js';
import { ctx } from './matrix.world.js';
import { stepWallClock } from './turned.js';

export interface Strike {
  /** Committed by the sandbox. */
  effect?: FaultInput['effect'];
  /** How often; Infinity: as long as it stands. One when left out. */
  count?: number;
  /** Answers an attempt to connect. */
  atLogin?: true;
  /** Before the account connects for this cell; again it comes online by itself. */
  prepare?(cell: Cell): Promise<void>;
  /** Done by hand. */
  start?(cell: Cell): unknown;
  end?(cell: Cell): unknown;
  /** The bystander is struck, too. */
  everybody?: true;
  /** The number keeps something of it: no other cell takes this account. */
  marks?: true;
  /** Lasts in real time: the clock must not be turned over it. */
  real?: true;
}

const HOUR_MS = 3_600_000;
const MONTH_MS = 30 * 24 * HOUR_MS;
const BAN_SECONDS = 120;

const by =
  (effect: FaultInput['effect'], more: Partial<Strike> = {}) =>
  (): Strike => ({ effect, ...more });
const login = (effect: FaultInput['effect'], more: Partial<Strike> = {}) => by(effect, { atLogin: true, ...more });
const failure = (reason?: number) => login({ kind: 'failure', ...(reason !== undefined && { reason }) });
const clock = (ms: number) => (): Strike => ({ everybody: true, start: () => stepWallClock(ms) });
const notHere = (): Strike => ({});

export const STRIKES: Record<Fault, () => Strike> = {
  'device-removed': by({ kind: 'stream-error', code: 401, conflict: 'device_removed' }),
  replaced: by({ kind: 'stream-error', conflict: 'replaced' }),
  'restart-required': by({ kind: 'stream-error', code: 515 }),
  'stream-503': by({ kind: 'stream-error', code: 503 }),
  'stream-unknown': by({ kind: 'stream-error', child: 'strange' }),
  'failure-401': failure(401),
  // Its end is an hour away, and the clock is turned there in one go.
  'failure-402': login({ kind: 'failure', reason: 402 }, { everybody: true }),
  'failure-403': failure(403),
  'failure-405': failure(405),
  'failure-409': failure(409),
  'failure-500': failure(500),
  'failure-503': failure(503),
  'failure-bare': failure(),
  'end-of-stream': by({ kind: 'end-stream' }),
  'websocket-closed': by({ kind: 'close', code: 1011 }),
  'tcp-reset': by({ kind: 'reset' }),
  refused: () => ({
    atLogin: true,
    start: ({ world }) => world.control.setListening(false),
    end: ({ world }) => world.control.setListening(true),
  }),
  'tls-untrusted': () => ({ atLogin: true, start: speakNoTls, end: (cell) => route(cell) }),
  'no-server-hello': login({ kind: 'no-server-hello' }),
  'silent-login': by({ kind: 'unanswered' }, { count: Infinity }),
  'black-hole': by({ kind: 'black-hole' }),
  'http-429': login({ kind: 'upgrade', status: 429 }),
  'http-403': login({ kind: 'upgrade', status: 403 }),
  'upgrade-unanswered': login({ kind: 'upgrade' }),
  'garbage-frame': by({ kind: 'garbage-frame' }),
  'bad-certificate': login({ kind: 'bad-certificate', flaw: 'leaf-signature' }),

  'slow-link': () => ({
    everybody: true,
    real: true,
    start: ({ world }) => world.control.setLink({ latencyMs: 60, jitterMs: 60 }),
    end: ({ world }) => world.control.setLink({ latencyMs: 0, jitterMs: 0 }),
  }),
  'half-open': by({ kind: 'half-open' }),
  deaf: by({ kind: 'deaf' }),
  'duplicate-connection': () => ({ start: openRival }),
  dns: () => ({
    atLogin: true,
    start: (cell) => route(cell, 'ws://nowhere.invalid/ws/chat'),
    end: (cell) => route(cell),
  }),
  'ban-temporary': () => ({
    // Its end would come again when the clock is set back.
    marks: true,
    start: ({ world, number }) => world.control.ban(number, { kind: 'temporary', seconds: BAN_SECONDS }),
  }),
  'ban-final': () => ({ start: ({ world, number }) => world.control.ban(number, { kind: 'final' }) }),
  'unlinked-online': () => ({ start: unlink }),
  'unlinked-offline': () => ({ start: unlink }),
  'phone-offline': () => ({
    everybody: true,
    start: async ({ world, number }) => {
      await world.control.changePhone(number, { online: false });
    },
    end: ({ world, phone }) => phone && world.control.changePhone(phone.number, { online: true }),
  }),
  passkey: by({ kind: 'passkey' }),
  'qr-refused': () => ({ start: endEach }),
  'number-changed': () => ({ start: ({ world, number }) => world.control.changeNumber(number) }),
  'client-too-old': login({ kind: 'least-version', version: [99, 0, 0] }),
  'proxy-dead': throughProxy,
  'clock-hour-ahead': clock(HOUR_MS),
  'clock-hour-back': clock(-HOUR_MS),
  'clock-month-ahead': clock(MONTH_MS),
  // With the started product: product.cells.ts.
  'database-gone': notHere,
  'worker-killed': notHere,
  'worker-paused': notHere,
};

/** It may have taken itself off in the same moment. */
async function unlink({ world, number }: Cell): Promise<void> {
  const companion = (await world.control.getPhone(number)).companions.at(-1);
  if (companion) await world.control.unlink(number, companion.device).catch(() => undefined);
}

const ENDS = 3;

/** Ends the connection that shows a QR, and each that shows one after it. */
async function endEach(cell: Cell): Promise<void> {
  const end = () => cell.world.control.setFault({ phase: 'pairing', effect: { kind: 'close' }, count: 1 });
  let ends = 1;
  const stop = cell.world.hear(({ direction, account, node }) => {
    if (direction !== 'in' || account !== undefined || node.attrs.type !== 'result') return;
    if (++ends <= ENDS) void end();
  });
  cell.after(stop);
  await end();
}

/** The account goes by a proxy of its own, which dies. */
function throughProxy(): Strike {
  let proxy: TestProxy | undefined;
  return {
    atLogin: true,
    async prepare(cell) {
      proxy = await startProxy('socks5');
      const { host, port } = proxy.address;
      const { proxies } = cell.world;
      const { id } = await proxies.create(ctx, { name: `matrix ${port}`, kind: 'socks5', host, port });
      await proxies.assign(ctx, cell.id, { proxyId: id });
      // Nothing but the proxy is to decide what comes next: the server takes the proof, and then says nothing.
      if (cell.phase === 'scanned') await takeProof(cell);
    },
    async start(cell) {
      if (cell.phase === 'scanned') await proofTaken(cell);
      await proxy?.close();
    },
    async end({ world, id }) {
      if (!proxy) return;
      proxy = undefined;
      await world.proxies.assign(ctx, id, { proxyId: null });
    },
  };
}

const takeProof = ({ world, number: account }: Cell) =>
  world.control.setFault({ account, phase: 'scanned', effect: { kind: 'deaf' }, count: 1 });
const proofTaken = ({ world, number }: Cell) =>
  world.until('the server to have the proof', async () => (await world.control.getPhone(number)).companions.length > 0);

function route({ world, id }: Cell, url?: string): void {
  if (url) world.engine.routes.set(id, { url });
  else world.engine.routes.delete(id);
}

/** A server that ends every TLS handshake. */
async function speakNoTls(cell: Cell): Promise<void> {
  const server = createServer((socket) => socket.on('error', () => undefined).end('no TLS here\r\n'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cell.after(() => server.close());
  route(cell, `wss://127.0.0.1:${(server.address() as AddressInfo).port}/ws/chat`);
}
