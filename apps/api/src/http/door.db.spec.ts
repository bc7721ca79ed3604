import { type FastifyInstance } from 'fastify';
import { errorSchema } from '@trunkline/contracts';
import { describe, expect, it } from 'vitest';
import { ACCESS } from '../modules/auth/access.js';
import { newKey } from '../modules/auth/key.js';
import { cookieOf, OWNER, OWNER_KEY, useApi } from '../testing/api.server.js';
import { useDatabase } from '../testing/database.js';
import { API_REST, Door } from './door.js';

const database = useDatabase();
const api = useApi(database);
const server = () => api.app.getHttpAdapter().getInstance() as unknown as FastifyInstance;

/** Every route that the server really has, with an address that reaches it. */
const routes = (of = api) =>
  of.app
    .get(Door)
    .routes.filter(({ url }) => !API_REST.includes(url))
    .map(({ method, url }) => ({
      method,
      url,
      address: url
        .replace(':id', '0198c0de-0000-7000-8000-000000000000')
        .replace(':asset', 'start.js')
        .replace('*', 'x'),
      open: ACCESS[`${method === 'HEAD' ? 'GET' : method} ${url}`] === 'open',
    }));

async function ownCookie(): Promise<string> {
  return cookieOf(await api.call('POST', '/api/auth/sign-in/email', { body: OWNER, stranger: true }));
}

/** Each on an API of its own: so many refusals from one address would be stopped. */
describe.each([
  ['a key that never was', () => ({ 'x-api-key': newKey() })],
  ['a key that is nearly right', () => ({ 'x-api-key': `${OWNER_KEY}x` })],
  ['a bearer that never was', () => ({ authorization: `Bearer ${newKey()}`, 'x-api-key': '' })],
  ['a forged cookie', () => ({ cookie: 'trunkline.session_token=abc.def' })],
])('a stranger with %s', (_, headersOf) => {
  const own = useApi(database);

  it('is let in nowhere', async () => {
    const headers = headersOf();
    for (const { method, address, open } of routes(own)) {
      if (open) continue;
      expect((await own.call(method, address, { headers })).status, `${method} ${address}`).toBe(401);
    }
  });
});

describe('the door', () => {
  it('answers no route without credentials but those of the list', async () => {
    const all = routes();
    expect(all.length).toBeGreaterThan(30);
    for (const { method, address, open } of all) {
      const { status, body } = await api.call(method, address, { stranger: true });
      if (open) expect(status, `${method} ${address}`).not.toBe(401);
      else expect(status, `${method} ${address}`).toBe(401);
      if (!open && method !== 'HEAD') expect(errorSchema.parse(body).error.code).toBe('unauthenticated');
    }
  });

  it('knows every route of the table, and the table every route', () => {
    const real = routes().map(({ method, url }) => `${method} ${url}`);
    const missing = Object.keys(ACCESS).filter((line) => !real.includes(line));
    expect(missing.sort()).toEqual(['GET /*', 'POST /api/test/clock']);
  });

  it('has seen every route that the router prints', () => {
    const seen = new Set(api.app.get(Door).routes.map(({ url }) => url));
    const path: string[] = [];
    const whole: string[] = [];
    for (const line of server().printRoutes({ commonPrefix: false }).split('\n')) {
      const [, indent, part, methods] = /^([ │├└─]*)(\S+)( \([A-Z, ]+\))?$/.exec(line) ?? [];
      if (indent === undefined || part === undefined) continue;
      path.splice(indent.length / 4 - 1, Infinity, part);
      // The printout leaves the prefix of a wildcard out.
      if (methods && part !== '*') whole.push(path.join(''));
    }
    expect(whole.length).toBeGreaterThan(20);
    for (const url of whole) expect(seen, url).toContain(url);
  });

  it('takes a key by its own header and as a bearer, and never from the address', async () => {
    expect((await api.call('GET', '/api/me', { headers: { 'x-api-key': OWNER_KEY } })).status).toBe(200);
    const bearer = { authorization: `Bearer ${OWNER_KEY}` };
    expect((await api.call('GET', '/api/me', { stranger: true, headers: bearer })).status).toBe(200);
    for (const name of ['apiKey', 'api_key', 'key', 'x-api-key', 'access_token']) {
      const { status } = await api.call('GET', `/api/me?${name}=${OWNER_KEY}`, { stranger: true });
      expect(status).toBe(401);
    }
  });

  it('lets a wrong key spoil a good cookie', async () => {
    const headers = { cookie: await ownCookie(), 'x-api-key': newKey() };
    expect((await api.call('GET', '/api/me', { headers })).status).toBe(401);
  });

  it('lets each role do what the table says, and no more', async () => {
    for (const role of ['admin', 'operator', 'viewer'] as const) {
      const made = await api.call('POST', '/api/keys', { body: { name: role, role } });
      const headers = { 'x-api-key': made.body.key };
      for (const { method, url, address } of routes()) {
        const least = ACCESS[`${method} ${url}`];
        if (least === undefined || least === 'open' || least === 'page') continue;
        const ranks = ['owner', 'admin', 'operator', 'viewer'];
        const may = ranks.indexOf(role) <= ranks.indexOf(least);
        const { status, body } = await api.call(method, address, { headers });
        if (may) expect([401, 500], `${role} ${method} ${address}`).not.toContain(status);
        else expect(body, `${role} ${method} ${address}`).toMatchObject({ error: { code: 'forbidden' } });
      }
    }
  });

  it('tells a stranger nothing of which addresses exist', async () => {
    const real = await api.call('GET', '/api/keys', { stranger: true });
    const unreal = await api.call('GET', '/api/nothing/here', { stranger: true });
    expect([unreal.status, unreal.body.error.message]).toEqual([real.status, real.body.error.message]);
    expect((await api.call('GET', '/api/nothing/here')).body.error.code).toBe('not_found');
    expect((await api.call('PATCH', '/api/keys', { body: {} })).body.error.code).toBe('not_found');
  });

  it('gives each answer a trace id of its own, in header, body and log', async () => {
    const { headers, body } = await api.call('GET', '/api/nothing', {
      headers: { 'x-trace-id': 'forged', 'x-api-key': OWNER_KEY },
    });
    const id = headers.get('x-trace-id')!;
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(body.error.traceId).toBe(id);
    await expect.poll(() => api.log.some((line) => line.includes(id))).toBe(true);
  });

  it('sends the headers that browsers guard a page by', async () => {
    const { headers } = await api.call('GET', '/api/docs', { stranger: true });
    expect(headers.get('content-security-policy')).toContain("script-src 'self';");
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('where a request comes from', () => {
  const create = { body: { name: 'from a browser', role: 'viewer' } };
  const send = async (headers: Record<string, string>) =>
    (await api.call('POST', '/api/keys', { ...create, headers: { cookie: await ownCookie(), ...headers } })).status;

  it('must be a page of ours, when a cookie lets it in and it changes something', async () => {
    expect(await send({ origin: api.url })).toBe(201);
    expect(await send({ 'sec-fetch-site': 'same-origin' })).toBe(201);
    expect(await send({ origin: 'https://evil.example' })).toBe(403);
    expect(await send({ origin: 'null' })).toBe(403);
    expect(await send({ 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await send({})).toBe(403);
  });

  it('does not matter for a key, which no foreign page has', async () => {
    const headers = { 'x-api-key': OWNER_KEY, origin: 'https://elsewhere.example' };
    expect((await api.call('POST', '/api/keys', { ...create, headers })).status).toBe(201);
  });

  it('must not be another site when somebody signs in', async () => {
    const signIn = (headers: Record<string, string>) =>
      api.call('POST', '/api/auth/sign-in/email', { body: OWNER, stranger: true, headers });
    expect((await signIn({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await signIn({ origin: api.url })).status).toBe(200);
  });
});

describe('how often', () => {
  it('a caller may ask is on each answer, and counted for each apart', async () => {
    const { body } = await api.call('POST', '/api/keys', { body: { name: 'counted', role: 'viewer' } });
    const headers = { 'x-api-key': body.key };
    const first = await api.call('GET', '/api/me', { headers });
    const second = await api.call('GET', '/api/me', { headers });
    expect(first.headers.get('ratelimit-limit')).toBe('6000');
    expect([first, second].map(({ headers }) => headers.get('ratelimit-remaining'))).toEqual(['5999', '5998']);
  });
});
