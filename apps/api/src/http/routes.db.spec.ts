import type { Account } from '@trunkline/contracts';
import { accountSchema, errorSchema } from '@trunkline/contracts';
import { describe, expect, it } from 'vitest';
import { MessageService } from '../modules/whatsapp/messages/message.service.js';
import { OWNER_KEY, useApi } from '../testing/api.server.js';
import { useDatabase } from '../testing/database.js';

const database = useDatabase();
const api = useApi(database);
const unknown = '0198c0de-0000-7000-8000-000000000000';
const create = (name: string) => api.call('POST', '/api/whatsapp/accounts', { body: { name, network: 'sandbox' } });
const fieldsOf = (body: unknown) =>
  errorSchema
    .parse(body)
    .error.details.map(({ field }) => field)
    .sort();

describe('requests', () => {
  it('make, read, change and list accounts', async () => {
    const made = await create('shop');
    expect(made.status).toBe(201);
    const account = accountSchema.parse(made.body);
    expect(account.state).toMatchObject({ status: 'inactive', connection: 'offline', wanted: 'offline' });
    const path = `/api/whatsapp/accounts/${account.id}`;
    expect((await api.call('PATCH', path, { body: { notes: 'by the door' } })).body.notes).toBe('by the door');
    expect((await api.call('GET', path)).body).toMatchObject({ id: account.id, name: 'shop', notes: 'by the door' });
  });

  it.each([
    ['POST', '/api/whatsapp/accounts', { name: ' ', network: 'moon' }, ['name', 'network']],
    ['POST', '/api/whatsapp/accounts', [], ['body']],
    ['POST', '/api/whatsapp/accounts', undefined, ['body']],
    ['PATCH', `/api/whatsapp/accounts/${unknown}`, { name: '' }, ['name']],
    ['GET', '/api/whatsapp/accounts/not-a-uuid', undefined, ['id']],
    ['POST', '/api/whatsapp/accounts/not-a-uuid/reset', undefined, ['id']],
    ['PUT', `/api/whatsapp/accounts/${unknown}/phone`, {}, ['phoneNumber']],
    ['GET', '/api/whatsapp/accounts?limit=0&network=moon', undefined, ['limit', 'network']],
    ['GET', '/api/whatsapp/accounts?limit=ten', undefined, ['limit']],
    ['GET', '/api/whatsapp/accounts?cursor=rubbish', undefined, ['cursor']],
    ['GET', '/api/whatsapp/messages', undefined, ['chatId']],
    ['POST', '/api/whatsapp/messages', { accountId: unknown, text: 'hi' }, ['to']],
    ['GET', '/api/events?after=-1', undefined, ['after']],
  ])('%s %s with %j names what is wrong', async (method, path, body, fields) => {
    const answer = await api.call(method, path, { body });
    expect(answer.status).toBe(400);
    expect(answer.body.error.code).toBe('validation_failed');
    expect(fieldsOf(answer.body)).toEqual(fields);
  });

  it('that are no JSON, or too much of it, are told so and not called a fault of ours', async () => {
    const post = (body: string, type = 'application/json') =>
      fetch(`${api.url}/api/whatsapp/accounts`, {
        method: 'POST',
        headers: { 'x-api-key': OWNER_KEY, 'content-type': type },
        body,
      });
    for (const response of [await post('{"name":'), await post('x', 'text/plain'), await post('"'.padEnd(2_000_000))]) {
      expect(response.status).toBe(400);
      expect(errorSchema.parse(await response.json()).error.code).toBe('validation_failed');
    }
  });

  it('with an Idempotency-Key are answered as at first, and with another body not at all', async () => {
    const { id } = (await create('keyed')).body as Account;
    await database.pool.query('update mkt_wap_accounts set linked = true where id = $1', [id]);
    const send = (text: string, key: string) =>
      api.call('POST', '/api/whatsapp/messages', {
        body: { accountId: id, to: '+9990000000001', text },
        headers: { 'idempotency-key': key, 'x-api-key': OWNER_KEY },
      });
    const first = await send('once', 'order 17');
    const again = await send('once', 'order 17');
    expect([first.status, first.headers.get('idempotent-replayed')]).toEqual([202, null]);
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([202, 'true']);
    expect(again.body).toEqual(first.body);
    const other = await send('twice', 'order 17');
    expect([other.status, other.body.error.code, fieldsOf(other.body)]).toEqual([
      409,
      'idempotency_conflict',
      ['Idempotency-Key'],
    ]);
    expect((await send('x', 'k'.repeat(201))).status).toBe(400);
  });

  it('for more than the queue of an account holds are told so, and when to come again', async () => {
    const { id } = (await create('full')).body as Account;
    await database.pool.query('update mkt_wap_accounts set linked = true where id = $1', [id]);
    const gauge = api.app.get(MessageService).gauge as { limit: number };
    const before = gauge.limit;
    gauge.limit = 2;
    try {
      const send = () =>
        api.call('POST', '/api/whatsapp/messages', { body: { accountId: id, to: '+9990000000001', text: 'hi' } });
      expect([(await send()).status, (await send()).status]).toEqual([202, 202]);
      const { status, headers, body } = await send();
      expect([status, body.error.code, fieldsOf(body)]).toEqual([429, 'queue_full', ['accountId']]);
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
      expect(body.error.retryAfterSeconds).toBe(Number(headers.get('retry-after')));
    } finally {
      gauge.limit = before;
    }
  });

  it('to make something happen need no body, also when they call it JSON', async () => {
    const headers = { 'x-api-key': OWNER_KEY, 'content-type': 'application/json' };
    const { status, body } = await api.call('POST', `/api/whatsapp/accounts/${unknown}/reset`, { headers });
    expect([status, body.error.code]).toEqual([404, 'not_found']);
  });

  it.each([
    ['GET', `/api/whatsapp/accounts/${unknown}`],
    ['PATCH', `/api/whatsapp/accounts/${unknown}`],
    ['DELETE', `/api/whatsapp/accounts/${unknown}`],
    ['POST', `/api/whatsapp/accounts/${unknown}/initialize`],
    ['POST', `/api/whatsapp/accounts/${unknown}/disconnect`],
    ['POST', `/api/whatsapp/accounts/${unknown}/reset`],
    ['POST', `/api/whatsapp/accounts/${unknown}/logout`],
    ['GET', `/api/whatsapp/accounts/${unknown}/qr`],
    ['GET', `/api/whatsapp/messages/${unknown}`],
    ['POST', `/api/whatsapp/chats/${unknown}/read`],
    ['GET', `/api/whatsapp/groups/${unknown}/participants`],
  ])('%s %s is not found', async (method, path) => {
    const { status, body } = await api.call(method, path, { body: method === 'PATCH' ? {} : undefined });
    expect([status, body.error?.code]).toEqual([404, 'not_found']);
  });

  it('page through a list: each item once, in order, and an end', async () => {
    for (let i = 0; i < 7; i += 1) await create(`page ${i}`);
    const names: string[] = [];
    let cursor: string | null = '';
    do {
      const query = new URLSearchParams({ limit: '3', search: 'page ', ...(cursor && { cursor }) });
      const { body } = await api.call('GET', `/api/whatsapp/accounts?${query}`);
      expect(body.items.length).toBeLessThanOrEqual(3);
      names.push(...(body.items as Account[]).map(({ name }) => name));
      cursor = body.nextCursor;
    } while (cursor);
    expect(names).toEqual(Array.from({ length: 7 }, (_, i) => `page ${i}`));
  });

  it('to send over an account that is not linked are refused with the reason', async () => {
    const { body: account } = await create('unlinked');
    const body = { accountId: account.id, to: '+9990100000001', text: 'hi' };
    const sent = await api.call('POST', '/api/whatsapp/messages', { body });
    expect([sent.status, sent.body.error.code]).toEqual([409, 'account_not_linked']);
    const headers = { 'x-api-key': OWNER_KEY, 'idempotency-key': 'k'.repeat(201) };
    const keyed = await api.call('POST', '/api/whatsapp/messages', { body, headers });
    expect(fieldsOf(keyed.body)).toEqual(['Idempotency-Key']);
  });

  it('for events after a position that never was are told to load afresh', async () => {
    const { status, body } = await api.call('GET', '/api/events?after=99999999');
    expect([status, body.error.code]).toEqual([410, 'position_too_old']);
  });
});

describe('behind a proxy with TLS', () => {
  const publicUrl = 'https://wa.example.com';
  const proxied = useApi(useDatabase(), { publicUrl, trustProxy: 1 });
  const person = { email: 'olive@example.com', password: 'a long enough password' };
  const signIn = (headers: Record<string, string>) =>
    proxied.call('POST', '/api/auth/sign-in/email', { body: person, stranger: true, headers });

  it('cookies are secure, and only PUBLIC_URL is the own origin', async () => {
    const answer = await signIn({ origin: publicUrl });
    expect(answer.headers.getSetCookie()[0]).toMatch(/^__Secure-.*Secure/);
    expect(answer.headers.get('strict-transport-security')).toContain('max-age');
    const cookie = answer.headers.getSetCookie()[0]!.split(';')[0]!;
    expect((await proxied.call('GET', '/api/me', { headers: { cookie } })).body.email).toBe(person.email);
    expect((await signIn({ origin: proxied.url })).status).toBe(403);
  });

  it('each client is counted by its own address', async () => {
    const attempt = (address: string, n: number) =>
      proxied.call('POST', '/api/setup', {
        body: { token: 'x'.repeat(43), name: 'n', email: `${n}@example.com`, password: 'a long enough password' },
        stranger: true,
        headers: { 'x-forwarded-for': `203.0.113.99, ${address}` },
      });
    for (let i = 0; i < 10; i += 1) await attempt('198.51.100.1', i);
    expect((await attempt('198.51.100.1', 11)).status).toBe(429);
    expect((await attempt('198.51.100.2', 12)).status).toBe(403);
  });
});
