import { describe, expect, it } from 'vitest';
import { useDatabase } from './database.ts';

describe('a spec file’s database', () => {
  const database = useDatabase();

  it('is migrated and empty', async () => {
    const { rows } = await database.pool.query('select count(*)::int as n from mkt_wap_accounts');
    expect(rows).toEqual([{ n: 0 }]);
  });

  it('is its own', async () => {
    const { rows } = await database.pool.query('select current_database() as name');
    expect(rows[0].name).toMatch(/^spec_/);
    expect(new URL(database.url).pathname).toBe(`/${rows[0].name}`);
  });

  it('is served by a supported PostgreSQL', async () => {
    const { rows } = await database.pool.query('show server_version_num');
    expect(Number(rows[0].server_version_num)).toBeGreaterThanOrEqual(150000);
  });
});
