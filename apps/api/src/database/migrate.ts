import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';

/** Any constant: two starts on one database take turns (drizzle's own migrator races on an empty one). */
const LOCK = 7_214_005_912;
const FOLDER = fileURLToPath(new URL('../../src/database/migrations', import.meta.url));

/** Brings the database to this version's schema, under an advisory lock. Safe to run from any number of processes. */
export async function migrate(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await applyMigrations(drizzle(client), {
      migrationsFolder: FOLDER,
      migrationsTable: 'mkt_wap_migrations',
      migrationsSchema: 'public',
    });
  } finally {
    await client.end();
  }
}
