import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cookieOf, OWNER, OWNER_KEY, useApi } from '../testing/api.server.js';
import { useDatabase } from '../testing/database.js';

/** A process of pages that tells what reached it. */
class Pages {
  readonly seen: IncomingMessage[] = [];
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      this.seen.push(request);
      response.writeHead(200, { 'content-type': 'text/html' }).write('<p>first');
      setImmediate(() => response.end(' second</p>'));
    });
  }

  /** @param port 0 takes any free one */
  listen(port: number): Promise<number> {
    const listening = Promise.withResolvers<number>();
    this.#server.listen(port, '127.0.0.1', () => listening.resolve((this.#server.address() as AddressInfo).port));
    return listening.promise;
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}

let pages = new Pages();
let port = 0;
beforeAll(async () => {
  port = await pages.listen(0);
});
afterAll(() => pages.close());

const api = useApi(useDatabase(), () => ({ pagesUrl: `http://127.0.0.1:${port}` }));
const signIn = async () => cookieOf(await api.call('POST', '/api/auth/sign-in/email', { body: OWNER, stranger: true }));

describe('pages', () => {
  it.each(['/sign-in', '/setup?token=abc', '/_next/static/chunks/main.js', '/favicon.ico'])(
    '%s is there for everybody',
    async (path) => {
      const { status, body } = await api.call('GET', path, { stranger: true });
      expect([status, body]).toEqual([200, '<p>first second</p>']);
      expect(pages.seen.at(-1)!.url).toBe(path);
    },
  );

  it.each(['/', '/marketing/whatsapp/accounts?status=active', '/_next/../marketing', '/sign-in/x'])(
    '%s sends a stranger to sign-in, and back afterwards',
    async (path) => {
      const before = pages.seen.length;
      const { status, headers } = await api.call('GET', encodeURI(path), { stranger: true });
      expect(status).toBe(302);
      const asked = new URL(encodeURI(path), api.url);
      expect(headers.get('location')).toBe(`/sign-in?next=${encodeURIComponent(asked.pathname + asked.search)}`);
      expect(pages.seen.length).toBe(before);
    },
  );

  it('come to who is signed in, with a nonce in the policy of request and answer, new each time', async () => {
    const nonces: string[] = [];
    const headers = { cookie: await signIn() };
    for (let i = 0; i < 2; i += 1) {
      const answer = await api.call('GET', '/marketing/whatsapp/accounts', { headers });
      const policy = answer.headers.get('content-security-policy')!;
      const nonce = /script-src 'self' 'nonce-([^']+)'/.exec(policy)?.[1];
      expect(policy).not.toMatch(/script-src[^;]*unsafe/);
      expect(pages.seen.at(-1)!.headers['content-security-policy']).toBe(policy);
      expect(pages.seen.at(-1)!.headers['x-nonce']).toBe(nonce);
      nonces.push(nonce!);
    }
    expect(nonces[0]).not.toBe(nonces[1]);
  });

  it('are told the address that the browser used, and no key', async () => {
    await api.call('GET', '/x', { headers: { 'x-api-key': OWNER_KEY, authorization: 'Bearer tk_x' } });
    const { headers } = pages.seen.at(-1)!;
    expect(headers).toMatchObject({ host: new URL(api.url).host, 'x-forwarded-proto': 'http' });
    expect(headers['x-api-key']).toBeUndefined();
    expect(headers.authorization).toBeUndefined();
  });

  it('are never asked for what is under /api', async () => {
    const before = pages.seen.length;
    for (const path of ['/api', '/api/', '/api/unknown', '/%61pi/unknown', '/api/../api/unknown']) {
      const { status } = await api.call('GET', path);
      expect(status, path).toBe(404);
    }
    expect(pages.seen.length).toBe(before);
  });

  it('that are away leave a page that reloads itself, and the API as it was', async () => {
    await pages.close();
    const { status, headers, body } = await api.call('GET', '/sign-in', { stranger: true });
    expect(status).toBe(503);
    expect(headers.get('content-type')).toContain('text/html');
    expect(body).toContain('http-equiv="refresh"');
    expect((await api.call('GET', '/api/me')).status).toBe(200);
    const ready = await api.call('GET', '/api/health/ready');
    expect(ready.status).toBe(503);
    expect(ready.body.parts.find(({ part }: { part: string }) => part === 'pages')).toMatchObject({ ok: false });
    pages = new Pages();
    await pages.listen(port);
    await expect.poll(async () => (await api.call('GET', '/sign-in', { stranger: true })).status).toBe(200);
  });

  it('write no set-up link into the log', async () => {
    await api.call('GET', '/setup?token=a-secret-of-the-owner', { stranger: true });
    await expect.poll(() => api.log.some((line) => line.includes('"path":"/setup"'))).toBe(true);
    expect(api.log.join('')).not.toContain('a-secret-of-the-owner');
  });
});
