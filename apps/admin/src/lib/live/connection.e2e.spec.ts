import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type AnyEvent,
  GATEWAY_PATH,
  type PageToServer,
  type ServerToPage,
  type SubscribeRequest,
} from '@trunkline/contracts';
import { Server } from 'socket.io';
import { io } from 'socket.io-client';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { anEvent } from '../../testing/builders';
import { LiveConnection } from './connection';

/** A gateway that answers as it is told, over real sockets. */
let http: HttpServer;
let gateway: Server<PageToServer, ServerToPage>;
let asked: SubscribeRequest[];
let answer: () => Parameters<Parameters<PageToServer['subscribe']>[1]>[0];
let live: LiveConnection;
let heard: AnyEvent[];
let told: string[];

beforeEach(async () => {
  [asked, heard, told] = [[], [], []];
  answer = () => ({ ok: true, position: 7 });
  await listen(0);
  const { port } = http.address() as AddressInfo;
  live = new LiveConnection(
    {
      event: (event) => heard.push(event),
      ephemeral: () => told.push('ephemeral'),
      stale: () => told.push('stale'),
      live: () => told.push('live'),
      refused: () => told.push('refused'),
      progress: () => told.push('progress'),
      time: () => undefined,
    },
    () =>
      io(`http://127.0.0.1:${port}`, {
        path: GATEWAY_PATH,
        autoConnect: false,
        forceNew: true,
        transports: ['websocket'],
        reconnectionDelay: 20,
        reconnectionDelayMax: 50,
      }),
  );
});
afterEach(async () => {
  live.stop();
  await gateway.close();
});

async function listen(port: number): Promise<void> {
  http = createServer();
  gateway = new Server(http, { path: GATEWAY_PATH });
  gateway.on('connection', (socket) =>
    socket.on('subscribe', (request, reply) => {
      asked.push(request);
      reply(answer());
    }),
  );
  await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve));
}

const isLive = () => expect.poll(() => live.read().state).toBe('live');
const event = (position: number): AnyEvent => ({ ...anEvent('account.deleted', null, { accountId: 'x' }), position });

it('subscribes to all, and has everything loaded afresh the first time', async () => {
  live.start();
  await isLive();
  expect(asked).toEqual([{ accountId: null }]);
  expect(told).toEqual(['stale']);
});

it('resumes from the last position after the server was away, and loads nothing again', async () => {
  live.start();
  await isLive();
  gateway.emit('event', event(8));
  await expect.poll(() => heard.length).toBe(1);
  const { port } = http.address() as AddressInfo;
  await gateway.close();
  await expect.poll(() => live.read().state).toBe('reconnecting');
  expect(live.read().liveUntil).not.toBeNull();
  await listen(port);
  await isLive();
  expect(asked.at(-1)).toEqual({ accountId: null, since: 8 });
  expect(told).toEqual(['stale', 'live']);
});

it('takes each event once, in order', async () => {
  live.start();
  await isLive();
  for (const position of [8, 9, 9, 8, 10]) gateway.emit('event', event(position));
  await expect.poll(() => heard.at(-1)?.position).toBe(10);
  expect(heard.map(({ position }) => position)).toEqual([8, 9, 10]);
});

it('loads everything afresh when the server says that it missed too much', async () => {
  live.start();
  await isLive();
  gateway.emit('resync', { position: 500 });
  await expect.poll(() => told).toEqual(['stale', 'stale']);
  gateway.emit('event', event(500));
  gateway.emit('event', event(501));
  await expect.poll(() => heard.length).toBe(1);
});

it('starts over when its position is too old', async () => {
  live.start();
  await isLive();
  let first = true;
  answer = () => {
    const result = first
      ? ({ ok: false, code: 'position_too_old', message: '' } as const)
      : ({ ok: true, position: 90 } as const);
    first = false;
    return result;
  };
  live.doubt();
  await expect.poll(() => told).toEqual(['stale', 'stale']);
  expect(asked.slice(-2)).toEqual([{ accountId: null, since: 7 }, { accountId: null }]);
});

it('comes back when the server closed the socket on purpose', async () => {
  live.start();
  await isLive();
  gateway.disconnectSockets(true);
  await expect.poll(() => asked.length, { timeout: 5_000 }).toBe(2);
  await isLive();
});

it('says so when the session is over, at the door and at the subscription', async () => {
  answer = () => ({ ok: false, code: 'unauthenticated', message: '' });
  live.start();
  await expect.poll(() => told).toEqual(['refused']);
  expect(live.read().state).toBe('refused');
});

it('says so when the socket itself is refused', async () => {
  gateway.use((_, next) => next(refusal('unauthenticated')));
  live.start();
  await expect.poll(() => told).toEqual(['refused']);
});

it('does not mistake a foreign address for the end of the session', async () => {
  gateway.use((_, next) => next(refusal('forbidden')));
  live.start();
  await expect.poll(() => live.read().state).toBe('forbidden');
  expect(told).toEqual([]);
});

/** As the API's gateway tells it. */
const refusal = (code: string) => Object.assign(new Error('No.'), { data: { code } });
