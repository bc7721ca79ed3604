import { describe, expect, it } from 'vitest';
import { cookieOf, OWNER, useApi } from '../../testing/api.server.js';
import { useDatabase } from '../../testing/database.js';

const database = useDatabase();
const api = useApi(database);
const signIn = (body: object, headers = {}) =>
  api.call('POST', '/api/auth/sign-in/email', { body, stranger: true, headers });

describe('signing in', () => {
  it('gives a cookie that no script reads and no foreign site sends, and no token in the body', async () => {
    const answer = await signIn(OWNER);
    expect(answer.body).toMatchObject({ user: { email: OWNER.email, role: 'owner' } });
    expect(JSON.stringify(answer.body)).not.toContain('token');
    const [cookie] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Lax/);
    const me = await api.call('GET', '/api/me', { headers: { cookie: cookieOf(answer) } });
    expect(me.body).toMatchObject({ kind: 'user', email: OWNER.email, role: 'owner' });
  });

  it('takes the address as people write it', async () => {
    expect((await signIn({ ...OWNER, email: 'Olive@Example.com' })).status).toBe(200);
  });

  it('tells an unknown address and a wrong password alike', async () => {
    const answers = [
      await signIn({ ...OWNER, password: 'not the password' }),
      await signIn({ ...OWNER, email: 'nobody@example.com' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 401]);
    expect(answers[0]!.body.error.message).toBe(answers[1]!.body.error.message);
    expect(answers[0]!.body.error.code).toBe('unauthenticated');
  });

  it('ends with signing out: the cookie opens nothing any more', async () => {
    const cookie = cookieOf(await signIn(OWNER));
    const headers = { cookie, origin: api.url };
    expect((await api.call('GET', '/api/auth/get-session', { headers })).body.user.email).toBe(OWNER.email);
    expect((await api.call('POST', '/api/auth/sign-out', { headers })).status).toBe(204);
    expect((await api.call('GET', '/api/me', { headers })).status).toBe(401);
  });

  it('is nothing that a copy of the session row can replace', async () => {
    await signIn(OWNER);
    const { rows } = await database.pool.query('select token from mkt_wap_auth_sessions limit 1');
    const cookie = `trunkline.session_token=${rows[0].token}`;
    expect((await api.call('GET', '/api/me', { headers: { cookie } })).status).toBe(401);
  });

  it('offers nobody to sign up, and no other route of the library', async () => {
    for (const path of [
      'sign-up/email',
      'forget-password',
      'reset-password',
      'update-user',
      'delete-user',
      'sign-in/social',
    ]) {
      const { status } = await api.call('POST', `/api/auth/${path}`, { body: { ...OWNER, name: 'x', role: 'owner' } });
      expect(status, path).toBe(404);
    }
  });

  it('changes the password for who knows the old one, and ends their other sessions', async () => {
    const [here, there] = [cookieOf(await signIn(OWNER)), cookieOf(await signIn(OWNER))];
    const change = (currentPassword: string, newPassword: string, cookie = here) =>
      api.call('POST', '/api/auth/change-password', {
        body: { currentPassword, newPassword },
        headers: { cookie, origin: api.url },
      });
    expect((await change('not the password', 'another long password')).status).toBe(403);
    expect((await change(OWNER.password, 'short')).body.error.details[0].field).toBe('newPassword');
    expect((await change(OWNER.password, 'another long password')).status).toBe(204);
    expect((await api.call('GET', '/api/me', { headers: { cookie: there } })).status).toBe(401);
    const again = await signIn({ ...OWNER, password: 'another long password' });
    expect(again.status).toBe(200);
    expect((await change('another long password', OWNER.password, cookieOf(again))).status).toBe(204);
  });
});
