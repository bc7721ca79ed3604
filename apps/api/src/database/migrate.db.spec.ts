import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterEach, beforeEach, expect, inject, it, vi } from 'vitest';
import { createDatabase, dropDatabase, withClient } from '../processes/postgres/database.ts';
import { withDatabase } from '../processes/postgres/url.ts';
import { knownMigrations, migrate } from './migrate.ts';

let name: string;
let url: string;

beforeEach(async () => {
  name = `spec_${randomUUID().replaceAll('-', '')}`;
  await createDatabase(inject('maintenanceUrl'), name);
  url = withDatabase(inject('maintenanceUrl'), name);
});

afterEach(() => dropDatabase(inject('maintenanceUrl'), name));

const count = (sql: string): Promise<number> =>
  withClient(
    url,
    async (client) => (await client.query<{ n: number }>(`select count(*)::int as n from ${sql}`)).rows[0]!.n,
  );

it('brings an empty database to this version, whoever else starts at the same moment', async () => {
  await Promise.all([migrate(url), migrate(url), migrate(url), migrate(url)]);
  expect(await count('mkt_wap_migrations')).toBe(knownMigrations().length);
  expect(await count('mkt_wap_accounts')).toBe(0);
});

it('waits for a start that is at it, and finds nothing left to do', async () => {
  const first = new pg.Client({ connectionString: url });
  await first.connect();
  await first.query('select pg_advisory_lock($1)', [7_214_005_912]);
  const second = migrate(url);
  const waits = `pg_locks l join pg_database d on d.oid = l.database where d.datname = '${name}' and not l.granted`;
  await vi.waitFor(async () => expect(await count(waits)).toBe(1), { timeout: 10_000 });
  expect(await count(`pg_tables where tablename like 'mkt_wap_%'`)).toBe(0);
  await first.end();
  await second;
  expect(await count('mkt_wap_migrations')).toBe(knownMigrations().length);
});
