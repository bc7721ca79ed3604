import { describe, expect, it } from 'vitest';
import { OWNER_KEY, useApi } from '../../testing/api.server.js';
import { useDatabase } from '../../testing/database.js';
import { KeyService } from './key.service.js';

const database = useDatabase();
const api = useApi(database);
const make = async (name: string, role: string, headers = {}) =>
  api.call('POST', '/api/keys', { body: { name, role }, headers });

describe('keys', () => {
  it('are shown once and stored hashed', async () => {
    const { status, body } = await make('robot', 'operator');
    expect(status).toBe(201);
    expect(body.key).toMatch(/^tk_[\w-]{43}$/);
    const listed = await api.call('GET', '/api/keys');
    expect(JSON.stringify(listed.body)).not.toContain(body.key);
    expect(listed.body[0]).toMatchObject({ name: 'robot', role: 'operator', prefix: body.key.slice(0, 8) });
    const { rows } = await database.pool.query('select t::text as row from mkt_wap_api_keys t');
    for (const { row } of rows) for (const key of [body.key, OWNER_KEY]) expect(row).not.toContain(key);
  });

  it('open nothing from the moment they are revoked; revoking is told once', async () => {
    const { body } = await make('short lived', 'viewer');
    const headers = { 'x-api-key': body.key };
    expect((await api.call('GET', '/api/me', { headers })).status).toBe(200);
    expect((await api.call('DELETE', `/api/keys/${body.id}`)).status).toBe(204);
    expect((await api.call('GET', '/api/me', { headers })).status).toBe(401);
    expect((await api.call('DELETE', `/api/keys/${body.id}`)).body.error.code).toBe('not_found');
    expect((await api.call('DELETE', '/api/keys/robot')).body.error.details).toMatchObject([{ field: 'id' }]);
  });

  it('never rise above their maker, and nobody makes an owner’s', async () => {
    const admin = { 'x-api-key': (await make('admin', 'admin')).body.key };
    expect((await make('by admin', 'admin', admin)).status).toBe(201);
    expect((await make('owner', 'owner', admin)).body.error.details).toMatchObject([{ field: 'role' }]);
    const operator = { 'x-api-key': (await make('operator', 'operator')).body.key };
    expect((await make('by operator', 'viewer', operator)).status).toBe(403);
  });

  it('tell when they were used', async () => {
    const { body } = await make('used', 'viewer');
    await api.call('GET', '/api/me', { headers: { 'x-api-key': body.key } });
    const used = async () => {
      const { body: all } = await api.call('GET', '/api/keys');
      return all.find(({ id }: { id: string }) => id === body.id).lastUsedAt;
    };
    await expect.poll(used).not.toBeNull();
  });

  it('of the environment are made once, and stay revoked when a person has revoked them', async () => {
    const keys = api.app.get(KeyService);
    const mine = 'an-environment-key-of-forty-characters-00';
    await keys.ensureFirst(mine);
    await keys.ensureFirst(mine);
    const all = (await api.call('GET', '/api/keys')).body as { id: string; prefix: string }[];
    const made = all.filter(({ prefix }) => prefix === mine.slice(0, 8));
    expect(made).toHaveLength(1);
    await api.call('DELETE', `/api/keys/${made[0]!.id}`);
    await keys.ensureFirst(mine);
    expect((await api.call('GET', '/api/me', { headers: { 'x-api-key': mine } })).status).toBe(401);
  });
});
