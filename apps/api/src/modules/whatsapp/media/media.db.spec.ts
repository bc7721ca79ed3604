import { createHash, randomBytes } from 'node:crypto';
import type { Media } from '@trunkline/contracts';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { OWNER_KEY, useApi } from '../../../testing/api.server.js';
import { useDatabase } from '../../../testing/database.js';
import { FILM } from '../../../testing/film.js';
import { specLibrary } from '../../../testing/media.library.js';
import { makeAccount } from '../testing/account.builder.js';
import { MediaLibrary } from './files/library.js';
import { retainMedia } from './retention.js';

const database = useDatabase();
const api = useApi(database);
let accountId: string;

beforeAll(async () => {
  ({ id: accountId } = await makeAccount(database, { linked: true }));
});

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function offer(bytes: Uint8Array | string, name: string, type = '', account = accountId, poster?: Uint8Array) {
  const form = new FormData();
  if (poster) form.set('poster', Buffer.from(poster).toString('base64'));
  form.set('file', new File([bytes as string], name, { type }));
  const headers = { 'x-api-key': OWNER_KEY };
  const response = await fetch(`${api.url}/api/whatsapp/media?accountId=${account}`, {
    method: 'POST',
    body: form,
    headers,
  });
  return { status: response.status, body: await response.json() };
}
const uploaded = async (...file: Parameters<typeof offer>): Promise<Media> => (await offer(...file)).body as Media;

async function fetched(path: string, headers: Record<string, string> = {}, key: string | null = OWNER_KEY) {
  const response = await fetch(`${api.url}${path}`, { headers: { ...headers, ...(key ? { 'x-api-key': key } : {}) } });
  return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
}
const file = (media: Media, headers: Record<string, string> = {}) =>
  fetched(`/api/whatsapp/media/${media.id}`, headers);

describe('a file that is uploaded', () => {
  it('is what its content says, with size, thumbnail and hash', async () => {
    const png = await sharp({ create: { width: 300, height: 200, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    const media = await uploaded(png, 'photo.txt', 'text/plain');
    expect(media).toMatchObject({ state: 'ready', mime: 'image/png', width: 300, height: 200, fileName: 'photo.txt' });
    expect(media).toMatchObject({ size: png.length, sha256: sha256(png) });
    expect(media.thumbnail).toMatch(/^data:image\/jpeg;base64,\/9j\//);
    const got = await file(media);
    expect(got.headers.get('content-type')).toBe('image/png');
    expect(got.headers.get('content-disposition')).toMatch(/^inline/);
    expect(got.bytes.equals(png)).toBe(true);
  });

  it.each([
    ['<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', 'a.svg', 'image/svg+xml'],
    ['<!doctype html><script>alert(1)</script>', 'a.html', 'text/html'],
    ['<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>', 'a.xhtml', 'application/xhtml+xml'],
    ['alert(1)', 'a.js', 'text/javascript'],
  ])('is never run: %s', async (text, name, type) => {
    const got = await file(await uploaded(text, name, type));
    expect(got.headers.get('content-type')).toMatch(/^(text\/plain; charset=utf-8|application\/octet-stream)$/);
    expect(got.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(got.headers.get('x-content-type-options')).toBe('nosniff');
    expect(got.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/);
  });

  it('has a name without a path', async () => {
    const media = await uploaded('x', '../../../etc/pass\u202Ewd "1".txt', 'text/plain');
    // As forms send a quotation mark.
    expect(media.fileName).toBe('passwd %221%22.txt');
    const name = (await file(media)).headers.get('content-disposition');
    expect(name).toContain(`filename="passwd _221_22.txt"; filename*=UTF-8''passwd%20%25221%2522.txt`);
  });

  it('has size, length and the picture that came with it, if it is a film', async () => {
    const poster = await sharp({ create: { width: 320, height: 180, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    const media = await uploaded(FILM, 'film.mp4', '', accountId, poster);
    expect(media).toMatchObject({ mime: 'video/mp4', width: 160, height: 90, seconds: 3 });
    const thumbnail = sharp(Buffer.from(media.thumbnail!.split(',')[1]!, 'base64'));
    expect(await thumbnail.metadata()).toMatchObject({ format: 'jpeg', width: 96, height: 54 });
    expect(await uploaded(FILM, 'film.mp4')).toMatchObject({ width: 160, thumbnail: null });
    expect(await uploaded('words', 'a.txt', 'text/plain', accountId, poster)).toMatchObject({ thumbnail: null });
    // Cut off where its boxes are: known by its first bytes, and nothing more.
    const broken = await uploaded(FILM.subarray(0, 300), 'film.mp4');
    expect(broken).toMatchObject({ state: 'ready', mime: 'video/mp4', width: null, height: null });
  });

  it('brings no poster that is none, or is too long', async () => {
    for (const poster of [Buffer.from('no picture'), randomBytes(100_000)]) {
      expect(await offer(FILM, 'film.mp4', '', accountId, poster)).toMatchObject({
        status: 400,
        body: { error: { code: 'validation_failed', details: [{ field: 'poster' }] } },
      });
    }
  });

  it('may not be empty, too long, without a file, or of an account that is not there', async () => {
    expect(await offer('', 'a.txt')).toMatchObject({ status: 400, body: { error: { code: 'validation_failed' } } });
    expect(await offer(randomBytes(10_000_001), 'a.bin')).toMatchObject({
      status: 413,
      body: { error: { code: 'media_too_big' } },
    });
    expect(await api.call('POST', `/api/whatsapp/media?accountId=${accountId}`, { body: {} })).toMatchObject({
      status: 400,
    });
    const nobody = '0198c0de-0000-7000-8000-00000000dead';
    expect(await offer('x', 'a.txt', '', nobody)).toMatchObject({ status: 404 });
  });
});

describe('a file that is handed out', () => {
  it('comes in parts, and not at all when it is known', async () => {
    const bytes = randomBytes(1_000);
    const media = await uploaded(bytes, 'a.bin');
    const whole = await file(media);
    expect(whole.status).toBe(200);
    const part = await file(media, { range: 'bytes=100-199' });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 100-199/1000']);
    expect(part.bytes.equals(bytes.subarray(100, 200))).toBe(true);
    expect((await file(media, { range: 'bytes=-5' })).bytes.equals(bytes.subarray(995))).toBe(true);
    const outside = await file(media, { range: 'bytes=1000-' });
    expect([outside.status, outside.headers.get('content-range')]).toEqual([416, 'bytes */1000']);
    const etag = whole.headers.get('etag')!;
    expect((await file(media, { 'if-none-match': etag })).status).toBe(304);
    expect((await file(media, { range: 'bytes=0-1', 'if-range': '"other"' })).status).toBe(200);
  });

  it('opens to nobody without a session, a key or a link', async () => {
    const media = await uploaded('x', 'a.txt');
    expect((await fetched(`/api/whatsapp/media/${media.id}`, {}, null)).status).toBe(401);
    const { body: link } = await api.call('POST', `/api/whatsapp/media/${media.id}/link`, { body: { seconds: 60 } });
    expect((await fetched(link.url, {}, null)).bytes.toString()).toBe('x');
    const other = await uploaded('y', 'b.txt');
    const swapped = link.url.replace(media.id, other.id);
    for (const forged of [swapped, link.url.replace(/expires=\d+/, 'expires=9999999999'), `${link.url}x`]) {
      expect((await fetched(forged, {}, null)).status).toBe(403);
    }
    const expires = Number(new URL(link.url, api.url).searchParams.get('expires')) * 1000;
    expect(expires - Date.now()).toBeLessThanOrEqual(61_000);
  });
});

describe('a link', () => {
  it('runs out', async () => {
    const { LinkSigner } = await import('./link.signer.js');
    const signer = new LinkSigner({ derive: () => Buffer.alloc(32, 7) });
    const signature = new URLSearchParams(signer.query('m', 1_000)).get('signature')!;
    expect(signer.opens('m', 1_000, signature, new Date(1_000_000))).toBe(true);
    expect(signer.opens('m', 1_000, signature, new Date(1_000_001))).toBe(false);
  });
});

describe('files are kept', () => {
  const DAY = 86_400_000;
  const rowsOf = async (id: string) =>
    (await database.pool.query('select state, problem, sha256 from mkt_wap_media where id = $1', [id])).rows[0];

  async function isThere(library: MediaLibrary, sha256: string): Promise<boolean> {
    const stream = await library.open(sha256);
    stream?.destroy();
    return stream !== undefined;
  }

  async function keep(library: MediaLibrary, bytes: Buffer, now: Date): Promise<{ id: string; sha256: string }> {
    const taken = await library.take(
      (async function* () {
        yield bytes;
      })(),
      null,
    );
    await library.keep(taken, now);
    const { rows } = await database.pool.query(
      `insert into mkt_wap_media (id, account_id, origin, state, mime, size, sha256, ready_at, created_at, updated_at)
       values (gen_random_uuid(), $1, 'in', 'ready', 'a/b', $2, $3, $4, $4, $4) returning id`,
      [accountId, taken.size, taken.sha256, now],
    );
    return { id: rows[0].id, sha256: taken.sha256 };
  }

  it('once, however many name them; and as long as one does', async () => {
    const library = specLibrary(database, { keepDays: 10 });
    const bytes = randomBytes(100);
    const start = new Date('2030-01-01T00:00:00Z');
    const old = await keep(library, bytes, start);
    const young = await keep(library, bytes, new Date(start.getTime() + 5 * DAY));
    await retainMedia(database, library, new Date(start.getTime() + 11 * DAY));
    expect(await rowsOf(old.id)).toEqual({
      state: 'gone',
      problem: 'It was removed here after 10 days.',
      sha256: null,
    });
    expect(await isThere(library, young.sha256)).toBe(true);
    await retainMedia(database, library, new Date(start.getTime() + 16 * DAY));
    expect(await rowsOf(young.id)).toMatchObject({ state: 'gone' });
    expect(await isThere(library, young.sha256)).toBe(false);
  });

  it('up to the quota, the oldest goes first, and an event tells', async () => {
    await database.pool.query('delete from mkt_wap_media');
    const library = specLibrary(database, { quotaBytes: 250 });
    const start = new Date('2031-01-01T00:00:00Z');
    const kept = [];
    for (let n = 0; n < 4; n += 1)
      kept.push(await keep(library, randomBytes(100), new Date(start.getTime() + n * 1000)));
    expect(await retainMedia(database, library, new Date(start.getTime() + DAY))).toBe(2);
    const states = await Promise.all(kept.map(async ({ id }) => (await rowsOf(id)).state));
    expect(states).toEqual(['gone', 'gone', 'ready', 'ready']);
    const { rows } = await database.pool.query(`select payload from mkt_wap_events where event = 'media.updated'`);
    expect(rows.map(({ payload }) => payload.media.id)).toEqual(expect.arrayContaining([kept[0]!.id, kept[1]!.id]));
    expect(await retainMedia(database, library, new Date(start.getTime() + DAY))).toBe(0);
  });

  it('when they were put again while nobody named them', async () => {
    const library = specLibrary(database);
    const now = new Date('2032-01-01T00:00:00Z');
    const bytes = randomBytes(100);
    const { id, sha256: name } = await keep(library, bytes, now);
    await database.pool.query('delete from mkt_wap_media where id = $1', [id]);
    const later = new Date(now.getTime() + 2 * 3_600_000);
    const taken = await library.take(
      (async function* () {
        yield bytes;
      })(),
      null,
    );
    await library.keep(taken, later);
    await library.sweep(later);
    expect(await isThere(library, name)).toBe(true);
    await library.sweep(new Date(later.getTime() + 2 * 3_600_000));
    expect(await isThere(library, name)).toBe(false);
  });
});
