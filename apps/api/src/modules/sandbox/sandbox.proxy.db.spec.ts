import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OWNER_KEY, useApi } from '../../testing/api.server.js';
import { useDatabase } from '../../testing/database.js';

interface Seen {
  method?: string;
  url?: string;
  authorization?: string;
  key?: unknown;
  cookie?: string;
  body: string;
}

const seen: Seen[] = [];
let control: Server;
beforeAll(async () => {
  control = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { authorization, cookie, 'x-api-key': key } = request.headers;
    seen.push({ method: request.method, url: request.url, authorization, cookie, key, body });
    const refused = request.url === '/phones/1';
    response.writeHead(refused ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(refused ? { error: { code: 'not_found', message: 'no' } } : { ok: true }));
  });
  await new Promise<void>((resolve) => control.listen(0, '127.0.0.1', resolve));
});
afterAll(
  () =>
    new Promise((resolve) => {
      control.close(resolve);
      control.closeAllConnections();
    }),
);

const api = useApi(useDatabase(), () => ({
  sandboxControl: { url: `http://127.0.0.1:${(control.address() as AddressInfo).port}`, token: 'control-token' },
}));

describe('the control of the sandbox', () => {
  it('gets method, address and body as they are, with its own token and nothing of the caller’s', async () => {
    const answer = await api.call('POST', '/api/sandbox/people/999/messages?x=1', {
      body: { to: '1', text: 'é' },
      headers: { 'x-api-key': OWNER_KEY, cookie: 'a=b' },
    });
    expect(answer.body).toEqual({ ok: true });
    expect(seen.at(-1)).toEqual({
      method: 'POST',
      url: '/people/999/messages?x=1',
      authorization: 'Bearer control-token',
      cookie: undefined,
      key: undefined,
      body: '{"to":"1","text":"é"}',
    });
  });

  it('is asked without a body, too', async () => {
    expect((await api.call('DELETE', '/api/sandbox/phones/9/ban')).status).toBe(200);
    expect(seen.at(-1)).toMatchObject({ method: 'DELETE', body: '' });
    const headers = { 'x-api-key': OWNER_KEY, 'content-type': 'application/json' };
    expect((await api.call('POST', '/api/sandbox/phones', { headers })).status).toBe(200);
  });

  it('refuses in its own words', async () => {
    const { status, body } = await api.call('GET', '/api/sandbox/phones/1');
    expect([status, body]).toEqual([404, { error: { code: 'not_found', message: 'no' } }]);
  });

  it('is for operators', async () => {
    const viewer = (await api.call('POST', '/api/keys', { body: { name: 'v', role: 'viewer' } })).body.key;
    const before = seen.length;
    expect((await api.call('GET', '/api/sandbox/phones', { headers: { 'x-api-key': viewer } })).status).toBe(403);
    expect((await api.call('GET', '/api/sandbox/phones', { stranger: true })).status).toBe(401);
    expect(seen.length).toBe(before);
  });
});

describe('the control of a sandbox that is away', () => {
  let url: string;
  beforeAll(async () => {
    const gone = createServer();
    await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(gone.address() as AddressInfo).port}`;
    await new Promise((resolve) => gone.close(resolve));
  });
  const left = useApi(useDatabase(), () => ({ sandboxControl: { url, token: 'control-token' } }));

  it('is "unavailable"', async () => {
    const { status, body } = await left.call('GET', '/api/sandbox/phones');
    expect([status, body.error.code]).toEqual([503, 'unavailable']);
  });
});

describe('without a sandbox', () => {
  const alone = useApi(useDatabase(), { sandbox: false });

  it('says so', async () => {
    const { status, body } = await alone.call('GET', '/api/sandbox/phones');
    expect([status, body.error.code]).toEqual([404, 'not_found']);
    expect(body.error.message).toContain('SANDBOX');
    expect((await alone.call('GET', '/api/system')).body.networks).toEqual({ whatsapp: true, sandbox: false });
  });
});
