import { describe, expect, it } from 'vitest';
import { OWNER, useApi } from '../../testing/api.server.js';
import { useDatabase } from '../../testing/database.js';

const api = useApi(useDatabase());

describe('guessing', () => {
  it('a password is stopped for the mailbox, says for how long, and stops the right password too', async () => {
    const guess = (password: string) =>
      api.call('POST', '/api/auth/sign-in/email', { body: { ...OWNER, password }, stranger: true });
    for (let i = 0; i < 10; i += 1) expect((await guess(`guess ${i}`)).status).toBe(401);
    const refused = await guess(OWNER.password);
    expect(refused.body.error).toMatchObject({ code: 'too_many_requests' });
    expect(refused.body.error.retryAfterSeconds).toBeGreaterThan(200);
    expect(Number(refused.headers.get('retry-after'))).toBe(refused.body.error.retryAfterSeconds);
  });

  it('a set-up link is stopped by address', async () => {
    const body = { token: 'x'.repeat(43), name: 'Eve', email: 'eve@example.com', password: 'a long enough password' };
    const statuses: number[] = [];
    for (let i = 0; i < 11; i += 1)
      statuses.push((await api.call('POST', '/api/setup', { body, stranger: true })).status);
    expect(statuses.slice(0, 10).every((status) => status === 403)).toBe(true);
    expect(statuses[10]).toBe(429);
  });
});

describe('guessing', () => {
  const flooded = useApi(useDatabase());

  it('keys is stopped before it becomes a flood of queries', async () => {
    const tries = async () => (await flooded.call('GET', '/api/me', { headers: { 'x-api-key': 'tk_wrong' } })).status;
    const statuses = await Promise.all(Array.from({ length: 330 }, tries));
    expect(new Set(statuses)).toEqual(new Set([401, 429]));
  });
});
