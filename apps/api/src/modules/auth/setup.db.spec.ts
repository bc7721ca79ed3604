import { beforeEach, describe, expect, it } from 'vitest';
import { cookieOf, useApi } from '../../testing/api.server.js';
import { useDatabase } from '../../testing/database.js';
import { SetupService } from './setup.service.js';

const database = useDatabase();
const api = useApi(database, { firstOwner: undefined, firstKey: undefined });
const setup = () => api.app.get(SetupService);
const person = { name: 'Olive', email: 'Olive@Example.com', password: 'a long enough password' };
const complete = (token: string | undefined, more = {}) =>
  api.call('POST', '/api/setup', { body: { ...person, ...more, token }, stranger: true });
const system = async () => (await api.call('GET', '/api/system', { stranger: true })).body;

describe('the first start', () => {
  beforeEach(() => database.empty('mkt_wap_auth_users', 'mkt_wap_setup_links'));

  it('tells everybody that an owner is needed, and no version', async () => {
    expect(await system()).toEqual({
      version: null,
      networks: { whatsapp: true, sandbox: true },
      mediaMaxBytes: 10_000_000,
      setupNeeded: true,
    });
  });

  it('stores the link hashed', async () => {
    const token = await setup().issueToken();
    const { rows } = await database.pool.query('select t::text as row from mkt_wap_setup_links t');
    expect(rows).toHaveLength(1);
    expect(rows[0].row).not.toContain(token);
  });

  it('refuses a link that nobody was given, one that a newer replaced, and one of more than an hour', async () => {
    const older = await setup().issueToken();
    const newer = await setup().issueToken();
    expect((await complete('x'.repeat(43))).body.error.code).toBe('forbidden');
    expect((await complete(older)).status).toBe(403);
    await database.pool.query(`update mkt_wap_setup_links set expires_at = now() - interval '1 second'`);
    expect((await complete(newer)).status).toBe(403);
    expect((await system()).setupNeeded).toBe(true);
  });

  it('makes no other while the one on the terminal serves, and another when that is over', async () => {
    const token = await setup().issueToken();
    expect(await setup().issueToken(token)).toBeUndefined();
    expect(await setup().issueToken('x'.repeat(43))).toMatch(/^[\w-]{43}$/);
    const another = await setup().issueToken(token);
    expect(another).toMatch(/^[\w-]{43}$/);
    await database.pool.query(`update mkt_wap_setup_links set expires_at = now() - interval '1 second'`);
    expect(await setup().issueToken(another)).toMatch(/^[\w-]{43}$/);
  });

  it('names what is wrong with the form, and the link is still good', async () => {
    const token = await setup().issueToken();
    const { body } = await complete(token, { password: 'short', email: 'no' });
    expect(body.error.details.map(({ field }: { field: string }) => field).sort()).toEqual(['email', 'password']);
    expect((await complete(token)).status).toBe(201);
  });

  it('makes one owner, who is signed in, and no link works any more', async () => {
    expect((await complete(await setup().issueToken())).status).toBe(201);
    expect(await system()).toMatchObject({ setupNeeded: false });
    const { rows } = await database.pool.query('select email, role from mkt_wap_auth_users');
    expect(rows).toEqual([{ email: 'olive@example.com', role: 'owner' }]);
    expect(await setup().issueToken()).toBeUndefined();
    const signIn = await api.call('POST', '/api/auth/sign-in/email', { body: person, stranger: true });
    expect(signIn.status).toBe(200);
    expect((await api.call('GET', '/api/me', { headers: { cookie: cookieOf(signIn) } })).body.role).toBe('owner');
  });

  it('keeps passwords hashed', async () => {
    await complete(await setup().issueToken());
    const { rows } = await database.pool.query('select t::text as row from mkt_wap_auth_accounts t');
    expect(rows[0].row).not.toContain(person.password);
  });
});

describe('two who have the link', () => {
  const other = useDatabase();
  const second = useApi(other, { firstOwner: undefined, firstKey: undefined });

  it('become one owner', async () => {
    const token = await second.app.get(SetupService).issueToken();
    const answers = await Promise.all(
      ['ada', 'bob', 'cy'].map((name) =>
        second.call('POST', '/api/setup', { body: { ...person, token, email: `${name}@example.com` }, stranger: true }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 403, 403]);
    expect((await other.pool.query('select count(*)::int as n from mkt_wap_auth_users')).rows[0].n).toBe(1);
  });
});
