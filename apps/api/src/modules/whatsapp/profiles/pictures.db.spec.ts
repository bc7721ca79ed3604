/** Pictures over HTTP: handed out, taken in, and called off on their way. */
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { OWNER_KEY } from '../../../testing/api.server.js';
import { MediaLibrary } from '../media/files/library.js';
import { eventually } from '../testing/eventually.js';
import { ada, Network, useProfiles } from '../testing/use.profiles.js';

const its = useProfiles();
const { api, chatWith, database, fetching, groupOf, look, told, write } = its;

describe('a picture', () => {
  const fetched = async (path: string, headers: Record<string, string> = { 'x-api-key': OWNER_KEY }) => {
    const response = await fetch(`${api.url}${path}`, { headers });
    return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
  };

  it('is handed out as what it is, to who may see the account, and is kept while a profile names it', async () => {
    const fetcher = fetching(new Network(its.jpeg));
    const person = await chatWith(ada);
    await look(person);
    fetcher.wake();
    await eventually(async () => expect(await told()).toHaveLength(1));
    const { body } = await api.call('POST', '/api/whatsapp/profiles/look', { body: { of: [person] } });
    const [{ pictureUrl }] = body.items;
    its.clock.advance(2 * 3_600_000);
    await api.app.get(MediaLibrary).sweep(its.clock.now());
    const got = await fetched(pictureUrl);
    expect(got.bytes.equals(its.jpeg)).toBe(true);
    expect(got.headers.get('content-type')).toBe('image/jpeg');
    expect(got.headers.get('x-content-type-options')).toBe('nosniff');
    const tag = `"${createHash('sha256').update(its.jpeg).digest('hex')}"`;
    expect(got.headers.get('etag')).toBe(tag);
    expect((await fetched(pictureUrl, { 'x-api-key': OWNER_KEY, 'if-none-match': tag })).status).toBe(304);
    expect((await fetched(pictureUrl, {})).status).toBe(401);
    await write({ type: 'picture-changed', of: ada, gone: true });
    expect((await fetched(pictureUrl)).status).toBe(404);
  });

  it('of an account has to be one, and its texts to fit', async () => {
    const path = `/api/whatsapp/accounts/${its.accountId}/profile`;
    const form = new FormData();
    form.set('file', new File(['no picture'], 'a.png', { type: 'image/png' }));
    const headers = { 'x-api-key': OWNER_KEY };
    const refused = await fetch(`${api.url}${path}/picture`, { method: 'PUT', body: form, headers });
    expect(await refused.json()).toMatchObject({ error: { code: 'validation_failed', details: [{ field: 'file' }] } });
    for (const body of [{ name: '' }, { name: 'x'.repeat(26) }, { about: 'x'.repeat(140) }, {}])
      expect((await api.call('PATCH', path, { body })).status).toBe(400);
    expect(await api.call('GET', path)).toMatchObject({
      status: 200,
      body: { name: null, about: null, checkedAt: null },
    });
  });
});

describe('a picture that is called off on its way', () => {
  const half = async (path: string): Promise<void> => {
    const { hostname, port } = new URL(api.url);
    const headers = {
      'x-api-key': OWNER_KEY,
      'content-type': 'multipart/form-data; boundary=b',
      'content-length': 1_000_000,
    };
    const sent = request({ hostname, port, path, method: 'PUT', headers });
    const ended = new Promise((resolve) => sent.on('close', resolve).on('error', () => undefined));
    sent.write(
      '--b\r\ncontent-disposition: form-data; name="file"; filename="a.jpg"\r\ncontent-type: image/jpeg\r\n\r\n',
    );
    sent.write(Buffer.concat([its.jpeg, Buffer.alloc(100_000)]));
    // It is being taken in.
    await eventually(() => expect(incoming()).toHaveLength(1));
    sent.destroy();
    await ended;
  };
  const incoming = (): string[] => readdirSync(api.app.get(MediaLibrary).settings.spoolFolder);

  it('changes nothing, and leaves nothing behind', async () => {
    const groupId = await groupOf({ role: 'admin' });
    for (const path of [`accounts/${its.accountId}/profile/picture`, `groups/${groupId}/picture`]) {
      await half(`/api/whatsapp/${path}`);
      await eventually(() => expect(incoming()).toEqual([]));
    }
    expect((await database.pool.query('select from mkt_wap_commands')).rowCount).toBe(0);
    expect((await look({ accountId: its.accountId }))[0]).toMatchObject({ pictureUrl: null });
    expect(api.log.filter((line) => JSON.parse(line).level >= 50)).toEqual([]);
  });
});
