import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';
import { type Database, openDatabase } from '../database/database.js';
import { createDatabase, dropDatabase } from '../processes/postgres/database.ts';
import { withDatabase } from '../processes/postgres/url.ts';

export interface SpecDatabase {
  readonly url: string;
  readonly pool: pg.Pool;
  readonly db: Database;
  /** Takes all rows out of these tables, and of those that refer to them. */
  empty(...tables: string[]): Promise<void>;
}

/**
 * Gives the calling spec file (or `describe`) a migrated, empty database of its own, and drops it afterwards.
 * The values are there from `beforeAll` on: read them in tests and hooks, not while the file is collected.
 */
export function useDatabase(): SpecDatabase {
  let current: { url: string; pool: pg.Pool; db: Database; name: string } | undefined;
  beforeAll(async () => {
    current = await open();
  });
  afterAll(async () => {
    if (current) await close(current);
  });
  const now = () => {
    if (!current) throw new Error('useDatabase(): the database is there from beforeAll on');
    return current;
  };
  return {
    get url() {
      return now().url;
    },
    get pool() {
      return now().pool;
    },
    get db() {
      return now().db;
    },
    empty: (...tables) => empty(now().pool, tables),
  };
}

/** As TRUNCATE … CASCADE, which makes every file of every table and index anew: for a few rows that takes ten times longer. */
async function empty(pool: pg.Pool, tables: readonly string[]): Promise<void> {
  await pool.query(`
    set local session_replication_role = replica;
    do $$ declare t regclass; begin
      for t in
        with recursive emptied (id) as (
          select unnest('{${tables.join(',')}}'::regclass[])
          union select conrelid from pg_constraint join emptied on confrelid = id where contype = 'f')
        select id::regclass from emptied
      loop execute format('delete from %s', t); end loop;
    end $$`);
}

async function open() {
  const name = `spec_${randomUUID().replaceAll('-', '')}`;
  await createDatabase(inject('maintenanceUrl'), name, inject('templateDatabase'));
  const url = withDatabase(inject('maintenanceUrl'), name);
  return { name, url, ...openDatabase(url, 8) };
}

async function close({ pool, name }: { pool: pg.Pool; name: string }): Promise<void> {
  await pool.end();
  await dropDatabase(inject('maintenanceUrl'), name);
}
