/**
 * The sandbox's durable memory: bytes by bucket and key, in one SQLite file that survives `kill -9`. Everything is
 * synchronous, so that a change and its consequences commit in one transaction without a moment in between.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { MemoryStore } from './memory.store.js';

export interface Store {
  get(bucket: string, key: string): Uint8Array | undefined;
  put(bucket: string, key: string, bytes: Uint8Array): void;
  delete(bucket: string, key: string): void;
  /** In the order of the keys, those after `after`, at most `limit` of them. */
  entries(bucket: string, after?: string, limit?: number): [key: string, bytes: Uint8Array][];
  size(bucket: string): number;
  /** Empties a whole bucket. */
  clear(bucket: string): void;
  /** Commits when `run` returns, rolls back when it throws. Inside another transaction it joins that one. */
  transaction<T>(run: () => T): T;
  close(): void;
}

/** Without a folder the store lives in memory and dies with the process. */
export function openStore(folder?: string): Store {
  if (folder === undefined) return new MemoryStore();
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const db = new DatabaseSync(join(folder, 'sandbox.sqlite'));
  // WAL with NORMAL loses nothing when the process is killed; a power cut may cost the last commits, as it does a phone.
  // The lock is for two sandboxes on one folder: the second waits for the first to end, then fails.
  db.exec('PRAGMA busy_timeout = 2000; PRAGMA locking_mode = EXCLUSIVE;');
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
  db.exec(`CREATE TABLE IF NOT EXISTS records (
    bucket TEXT NOT NULL, key TEXT NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (bucket, key)) WITHOUT ROWID`);
  return new SqliteStore(db);
}

class SqliteStore implements Store {
  private depth = 0;
  private readonly select;
  private readonly upsert;
  private readonly remove;
  private readonly list;
  private readonly count;
  private readonly empty;

  constructor(private readonly db: DatabaseSync) {
    this.select = db.prepare('SELECT bytes FROM records WHERE bucket = ? AND key = ?');
    this.upsert = db.prepare(
      'INSERT INTO records VALUES (?, ?, ?) ON CONFLICT (bucket, key) DO UPDATE SET bytes = excluded.bytes',
    );
    this.remove = db.prepare('DELETE FROM records WHERE bucket = ? AND key = ?');
    this.list = db.prepare('SELECT key, bytes FROM records WHERE bucket = ? AND key > ? ORDER BY key LIMIT ?');
    this.count = db.prepare('SELECT count(*) AS size FROM records WHERE bucket = ?');
    this.empty = db.prepare('DELETE FROM records WHERE bucket = ?');
  }

  get(bucket: string, key: string): Uint8Array | undefined {
    return this.select.get(bucket, key)?.bytes as Uint8Array | undefined;
  }

  put(bucket: string, key: string, bytes: Uint8Array): void {
    this.upsert.run(bucket, key, bytes);
  }

  delete(bucket: string, key: string): void {
    this.remove.run(bucket, key);
  }

  entries(bucket: string, after = '', limit = -1): [string, Uint8Array][] {
    return this.list.all(bucket, after, limit).map((row) => [row.key as string, row.bytes as Uint8Array]);
  }

  size(bucket: string): number {
    return Number(this.count.get(bucket)?.size);
  }

  clear(bucket: string): void {
    this.empty.run(bucket);
  }

  transaction<T>(run: () => T): T {
    if (this.depth > 0) return run();
    this.db.exec('BEGIN IMMEDIATE');
    this.depth = 1;
    try {
      const result = run();
      this.db.exec('COMMIT');
      return result;
    } catch (error) {
      this.db.exec('ROLLBACK');
      throw error;
    } finally {
      this.depth = 0;
    }
  }

  close(): void {
    this.db.close();
  }
}
