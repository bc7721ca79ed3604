import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';

/** Any constant: two starts on one database take turns (drizzle's own migrator races on an empty one). */
const LOCK = 7_214_005_912;
const FOLDER = fileURLToPath(new URL('../../src/database/migrations', import.meta.url));

/** Hashes of this version's migrations, oldest first. */
export const knownMigrations = (): string[] => readMigrationFiles({ migrationsFolder: FOLDER }).map(({ hash }) => hash);

/**
 * Brings the database to this version's schema, under an advisory lock. Safe to run from any number of processes.
 * @param count only the first so many migrations: to what an older version had
 */
export async function migrate(url: string, count = Infinity): Promise<void> {
  if (count === Infinity) return apply(url, FOLDER);
  const folder = mkdtempSync(join(tmpdir(), 'trunkline-migrations-'));
  try {
    cpSync(FOLDER, folder, { recursive: true });
    const path = join(folder, 'meta', '_journal.json');
    const journal = JSON.parse(readFileSync(path, 'utf8')) as { entries: unknown[] };
    writeFileSync(path, JSON.stringify({ ...journal, entries: journal.entries.slice(0, count) }));
    await apply(url, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function apply(url: string, migrationsFolder: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await applyMigrations(drizzle(client), {
      migrationsFolder,
      migrationsTable: 'mkt_wap_migrations',
      migrationsSchema: 'public',
    });
  } finally {
    await client.end();
  }
}
