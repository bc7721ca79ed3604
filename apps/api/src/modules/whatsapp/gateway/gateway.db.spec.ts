import { type AnyEvent, type EphemeralEnvelope, GATEWAY_PATH } from '@trunkline/contracts';
import { io, type Socket } from 'socket.io-client';
import { v7 as uuid } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ManualClock } from '../../../clock/manual-clock.js';
import { transact } from '../../../database/transaction.js';
import { cookieOf, OWNER, OWNER_KEY, useApi } from '../../../testing/api.server.js';
import { useDatabase } from '../../../testing/database.js';
import { Notifier } from '../../cluster/notifier.repository.js';
import { appendEvents, newEvent } from '../events/event.log.repository.js';
import { EventReader } from '../events/event.reader.repository.js';
import { numberEvents } from '../events/numberer.repository.js';
import { sealSecret } from '../events/secrets.js';
import { insertSecret } from '../events/secret.repository.js';
import { Vault } from '../sessions/vault.js';
import { passOn } from './ephemeral.js';
import { EventFeed } from './event.feed.js';

const database = useDatabase();
const api = useApi(database);
const accounts = { one: uuid(), two: uuid() };
const sockets: Socket[] = [];

interface Page {
  socket: Socket;
  events: AnyEvent[];
  resyncs: number[];
}

async function open(options: Parameters<typeof io>[1] = { auth: { apiKey: OWNER_KEY } }, url = api.url): Promise<Page> {
  const socket = io(url, {
    path: GATEWAY_PATH,
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    ...options,
  });
  sockets.push(socket);
  const page: Page = { socket, events: [], resyncs: [] };
  socket.on('event', (event: AnyEvent) => page.events.push(event));
  socket.on('resync', ({ position }: { position: number }) => page.resyncs.push(position));
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('connect_error', reject));
  return page;
}

const follow = ({ socket }: Page, accountId: string | null, since?: number) =>
  socket.timeout(5_000).emitWithAck('subscribe', { accountId, since });

/** Appends numbered events, of which the gateway is told as the numberer tells it; answers the last position. */
async function append(count: number, accountId: string = accounts.one): Promise<number> {
  const last = await appendSilently(count, accountId);
  api.app.get(Notifier).wake('events', String(last));
  return last;
}

/** The gateway has to look by itself: a wake-up can be lost. */
async function appendSilently(count: number, accountId: string): Promise<number> {
  const now = new Date();
  const events = Array.from({ length: count }, () => newEvent('account.deleted', accountId, { accountId }, now));
  await transact(database.pool, (sql) => appendEvents(sql, events));
  return (await numberEvents(database, 10_000)).position;
}

const positions = ({ events }: Page) => events.map(({ position }) => position);
const from = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i);
const head = () => new EventReader(database.pool).head();

describe('the gateway', () => {
  let cookie = '';
  beforeAll(async () => {
    cookie = cookieOf(await api.call('POST', '/api/auth/sign-in/email', { body: OWNER, stranger: true }));
  });
  afterEach(() => sockets.splice(0).forEach((socket) => socket.disconnect()));
  afterAll(() => sockets.forEach((socket) => socket.disconnect()));

  it.each([
    ['without credentials', {}],
    ['with a wrong key', { auth: { apiKey: 'tk_wrong' } }],
    ['with a wrong key in a header', { extraHeaders: { 'x-api-key': 'tk_wrong' } }],
    ['with a forged cookie', { extraHeaders: { cookie: 'trunkline.session_token=a.b' } }],
    ['with the right key in the address', { query: { apiKey: OWNER_KEY } }],
  ])('lets nobody in %s', async (_, options) => {
    await expect(open({ ...options })).rejects.toMatchObject({ data: { code: 'unauthenticated' } });
    await expect(open({ ...options, transports: ['polling'] })).rejects.toMatchObject({
      data: { code: 'unauthenticated' },
    });
  });

  it('makes a silent line show within 15 s, on both sides', async () => {
    const { socket } = await open();
    const { _pingInterval, _pingTimeout } = socket.io.engine as unknown as Record<string, number>;
    expect(_pingInterval! + _pingTimeout!).toBeLessThanOrEqual(15_000);
  });

  it('takes a cookie from a page of ours only', async () => {
    const withOrigin = (origin: string) => open({ extraHeaders: { cookie, origin } });
    await expect(withOrigin('https://evil.example')).rejects.toBeInstanceOf(Error);
    await expect(withOrigin('null')).rejects.toBeInstanceOf(Error);
    expect((await withOrigin(api.url)).socket.connected).toBe(true);
  });

  it('takes a key in auth, in a header and as a bearer', async () => {
    const ways: Parameters<typeof io>[1][] = [
      { auth: { apiKey: OWNER_KEY } },
      { extraHeaders: { 'x-api-key': OWNER_KEY } },
      { extraHeaders: { authorization: `Bearer ${OWNER_KEY}` } },
    ];
    for (const options of ways) expect((await open(options)).socket.connected).toBe(true);
  });

  it('begins with now when no position is told', async () => {
    const before = await appendSilently(3, accounts.one);
    await expect.poll(() => api.app.get(EventFeed).position).toBe(before);
    const page = await open();
    expect(await follow(page, null)).toEqual({ ok: true, position: before });
    const last = await append(2);
    await expect.poll(() => positions(page)).toEqual(from(before + 1, last));
  });

  it('brings what was missed first, once and in order, then what comes, while eight writers write', async () => {
    const seen = await head();
    await append(700);
    const page = await open();
    let writing = true;
    const writers = Array.from({ length: 8 }, async () => {
      for (let i = 0; i < 15; i += 1) await append(3, i % 2 ? accounts.one : accounts.two);
    });
    const all = Promise.all(writers).then(() => (writing = false));
    expect(await follow(page, null, seen)).toMatchObject({ ok: true });
    await all;
    expect(writing).toBe(false);
    const last = seen + 700 + 8 * 15 * 3;
    await expect.poll(() => page.events.length, { timeout: 10_000 }).toBe(last - seen);
    expect(positions(page)).toEqual(from(seen + 1, last));
    expect(page.resyncs).toEqual([]);
  });

  it('misses nothing and doubles nothing over broken connections', async () => {
    const start = await head();
    let last = start;
    const got: number[] = [];
    for (let round = 0; round < 6; round += 1) {
      const page = await open();
      await follow(page, null, last);
      await append(20);
      await expect.poll(() => page.events.length).toBeGreaterThan(5);
      page.socket.disconnect();
      got.push(...positions(page));
      last = got.at(-1)!;
      await append(10);
    }
    const page = await open();
    await follow(page, null, last);
    const end = await head();
    await expect.poll(() => positions(page).at(-1)).toBe(end);
    expect([...got, ...positions(page)]).toEqual(from(start + 1, end));
  });

  it('brings one account its own events, also after others', async () => {
    const seen = await head();
    await append(5, accounts.one);
    await append(4, accounts.two);
    const page = await open();
    await follow(page, accounts.two, seen);
    await append(2, accounts.one);
    await append(1, accounts.two);
    await expect.poll(() => page.events.length).toBe(5);
    expect(new Set(page.events.map(({ accountId }) => accountId))).toEqual(new Set([accounts.two]));
  });

  it('brings an event once to a socket that follows all accounts and one', async () => {
    const seen = await head();
    await append(6, accounts.two);
    const page = await open();
    // The second begins further back than the first, and both are behind.
    await follow(page, null, seen + 3);
    await follow(page, accounts.two, seen);
    await append(2, accounts.one);
    const last = await append(5, accounts.two);
    await expect.poll(() => positions(page).toSorted((a, b) => a - b)).toEqual(from(seen + 1, last));
    page.socket.emit('unsubscribe', { accountId: null });
    expect(await follow(page, accounts.two, last)).toMatchObject({ ok: true });
    const next = await append(1, accounts.two);
    await expect.poll(() => positions(page).at(-1)).toBe(next);
    expect(page.events).toHaveLength(next - seen);
  });

  it('passes on how far the past of an account has come, to who follows that account', async () => {
    const [page, other] = [await open(), await open()];
    const told: EphemeralEnvelope[] = [];
    const toldOther: EphemeralEnvelope[] = [];
    page.socket.on('ephemeral', (each) => void told.push(each));
    other.socket.on('ephemeral', (each) => void toldOther.push(each));
    await follow(page, accounts.one);
    await follow(other, accounts.two);
    const pass = (id: string, percent: number) =>
      passOn(api.app.get(Notifier))({ id, network: 'sandbox' }, { type: 'history-progress', percent });
    pass(accounts.one, 50);
    pass(accounts.two, 100);
    const progress = (accountId: string, percent: number) => ({
      event: 'progress',
      accountId,
      payload: { of: 'history', percent },
    });
    await expect.poll(() => told).toEqual([progress(accounts.one, 50)]);
    await expect.poll(() => toldOther).toEqual([progress(accounts.two, 100)]);
  });

  it('leaves out nothing of it, however much is told at once', async () => {
    const page = await open();
    const percents: number[] = [];
    page.socket.on('ephemeral', ({ payload }) => void ('percent' in payload && percents.push(payload.percent)));
    await follow(page, accounts.one);
    const all = Array.from({ length: 100 }, (_, n) => n + 1);
    const pass = passOn(api.app.get(Notifier));
    for (const percent of all) pass({ id: accounts.one, network: 'sandbox' }, { type: 'history-progress', percent });
    await expect.poll(() => percents).toEqual(all);
  });

  it('stops when the page says so', async () => {
    const page = await open();
    await follow(page, null);
    page.socket.emit('unsubscribe', { accountId: null });
    expect(await follow(page, accounts.two)).toMatchObject({ ok: true });
    await append(3, accounts.one);
    const last = await append(1, accounts.two);
    await expect.poll(() => positions(page)).toEqual([last]);
  });

  it('does not take a position for unknown that the feed has not come to yet', async () => {
    const page = await open();
    await follow(page, null, await appendSilently(1, accounts.one));
    const last = await append(1);
    await expect.poll(() => positions(page)).toEqual([last]);
    expect(page.resyncs).toEqual([]);
  });

  it('tells a page to load afresh when its position is of another log, and goes on from there', async () => {
    const page = await open();
    await follow(page, null, (await head()) + 1_000_000);
    await expect.poll(() => page.resyncs.length).toBe(1);
    const last = await append(1);
    await expect.poll(() => positions(page)).toEqual([last]);
  });

  it('tells a page to load afresh when the log no longer holds what it missed', async () => {
    const seen = await head();
    await append(3_000);
    await database.pool.query('delete from mkt_wap_events where position <= $1', [seen + 500]);
    const page = await open();
    await follow(page, null, seen);
    await expect.poll(() => page.resyncs.length).toBe(1);
  });

  it('answers what it cannot follow', async () => {
    const page = await open();
    expect(await page.socket.timeout(5_000).emitWithAck('subscribe', { accountId: 'x' })).toMatchObject({
      ok: false,
      code: 'validation_failed',
    });
    expect(await page.socket.timeout(5_000).emitWithAck('subscribe', null)).toMatchObject({ ok: false });
  });

  it('follows fifty accounts for a socket, and one of them anew, and no more', async () => {
    const page = await open();
    const own = Array.from({ length: 50 }, () => uuid());
    for (const each of own) expect(await follow(page, each)).toMatchObject({ ok: true });
    expect(await follow(page, uuid())).toMatchObject({ ok: false, code: 'too_many_requests' });
    expect(await follow(page, own[0]!)).toMatchObject({ ok: true });
  });

  it('gives the QR text to who may pair, and to nobody else', async () => {
    const viewer = (await api.call('POST', '/api/keys', { body: { name: 'v', role: 'viewer' } })).body.key;
    const pages = [await open(), await open({ auth: { apiKey: viewer } })];
    for (const page of pages) await follow(page, null);
    const now = new Date();
    const secret = sealSecret(
      api.app.get(Vault),
      { accountId: accounts.one, kind: 'qr', text: 'the QR text', ttlMs: 60_000 },
      now,
    );
    const payload = { secretId: secret.id, text: null, expiresAt: secret.expiresAt.toISOString() };
    await insertSecret(database.pool, secret);
    await appendEvents(database.pool, [newEvent('account.qr', accounts.one, payload, now)]);
    await numberEvents(database, 10);
    await expect.poll(() => pages.map(({ events }) => events.length)).toEqual([1, 1]);
    const texts = pages.map(({ events: [event] }) => (event as AnyEvent & { event: 'account.qr' }).payload.text);
    expect(texts).toEqual(['the QR text', null]);
    const { rows } = await database.pool.query(
      `select payload::text as row from mkt_wap_events where event = 'account.qr'`,
    );
    expect(rows[0].row).not.toContain('the QR text');
  });

  it('closes a socket when its key is revoked, at once', async () => {
    const { body } = await api.call('POST', '/api/keys', { body: { name: 'live', role: 'viewer' } });
    const page = await open({ auth: { apiKey: body.key } });
    const other = await open();
    await api.call('DELETE', `/api/keys/${body.id}`);
    await expect.poll(() => page.socket.connected).toBe(false);
    expect(other.socket.connected).toBe(true);
  });

  it('closes a socket when its session is signed out', async () => {
    const own = cookieOf(await api.call('POST', '/api/auth/sign-in/email', { body: OWNER, stranger: true }));
    const page = await open({ extraHeaders: { cookie: own, origin: api.url } });
    await api.call('POST', '/api/auth/sign-out', { headers: { cookie: own, origin: api.url } });
    await expect.poll(() => page.socket.connected).toBe(false);
  });
});

describe('who may still listen', () => {
  const clock = new ManualClock(new Date());
  const turned = useApi(database, {}, clock);

  it('is looked up for those who were there when the look began', async () => {
    const { body } = await turned.call('POST', '/api/keys', { body: { name: 'ends', role: 'viewer' } });
    const own = cookieOf(await turned.call('POST', '/api/auth/sign-in/email', { body: OWNER, stranger: true }));
    const ends = await open({ auth: { apiKey: body.key } }, turned.url);
    const elsewhere = await database.pool.connect();
    await elsewhere.query('begin');
    await elsewhere.query('lock table mkt_wap_api_keys in access exclusive mode');
    await elsewhere.query('update mkt_wap_api_keys set revoked_at = now() where id = $1', [body.id]);
    clock.advance(15_000);
    const came = await open({ extraHeaders: { cookie: own, origin: turned.url } }, turned.url);
    await elsewhere.query('commit');
    elsewhere.release();
    await expect.poll(() => ends.socket.connected).toBe(false);
    expect(await follow(came, null)).toMatchObject({ ok: true });
  });
});

describe('guessing at the gateway', () => {
  const guarded = useApi(database);

  it('is stopped by address, together with guesses at the routes, and before a key is looked up', async () => {
    const wrong = { 'x-api-key': 'tk_wrong' };
    const refused = Array.from({ length: 150 }, () => guarded.call('GET', '/api/me', { headers: wrong }));
    expect(new Set((await Promise.all(refused)).map(({ status }) => status))).toEqual(new Set([401]));
    const guess = () => open({ auth: { apiKey: 'tk_wrong' } }, guarded.url).catch((error) => error.data.code);
    const codes = new Set(await Promise.all(Array.from({ length: 170 }, guess)));
    expect(codes).toEqual(new Set(['unauthenticated', 'too_many_requests']));
    expect(await guess()).toBe('too_many_requests');
  });
});
