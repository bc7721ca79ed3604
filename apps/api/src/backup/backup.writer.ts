import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { readEncrypted, writeEncrypted } from './backup.file.js';
import { BackupBroken, type BackupHead, endOfRows, FORMAT, line, readSections, RowSum } from './backup.format.js';
import { appliedMigrations, copyOut, sequenceValues, tablesInOrder } from './table.repository.js';

export interface BackupOptions {
  databaseUrl: string;
  path: string;
  passphrase: string;
  version: string;
  now: Date;
  keyId: string;
  /** Hex; null leaves it out. */
  key: string | null;
  others?: BackupHead['others'];
}

export interface BackupResult {
  tables: number;
  rows: number;
}

/**
 * Saves the whole database as it is at one moment, while everything runs; then reads the file back and holds it to its
 * counts and hashes. A file that does not stand the test is an error, and stays for who wants to look.
 */
export async function writeBackup(options: BackupOptions): Promise<BackupResult> {
  const client = new pg.Client({ connectionString: options.databaseUrl, application_name: 'trunkline backup' });
  await client.connect();
  let written: BackupResult;
  try {
    await client.query('begin isolation level repeatable read read only');
    written = { tables: 0, rows: 0 };
    await writeEncrypted(options.path, options.passphrase, content(client, options, written));
  } finally {
    await client.end();
  }
  const read = await checkBackup(options.path, options.passphrase);
  if (read.rows === written.rows && read.tables === written.tables) return written;
  throw new BackupBroken(`${read.rows} rows were read back of ${written.rows} that were written.`);
}

async function* content(client: pg.Client, options: BackupOptions, written: BackupResult): AsyncGenerator<Buffer> {
  const { version, now, keyId, key, others } = options;
  const head: BackupHead = {
    trunkline: 'backup',
    format: FORMAT,
    version,
    createdAt: now.toISOString(),
    migrations: await appliedMigrations(client),
    keyId,
    key,
    ...(others && others.length > 0 && { others }),
    sequences: await sequenceValues(client),
  };
  yield line(head);
  for (const table of await tablesInOrder(client)) {
    yield line(table);
    const sum = new RowSum();
    for await (const rows of client.query(copyTo(copyOut(table))) as AsyncIterable<Buffer>) {
      sum.add(rows);
      yield rows;
    }
    const total = sum.value;
    written.tables += 1;
    written.rows += total.rows;
    yield endOfRows;
    yield line(total);
  }
  yield line({ tables: written.tables });
}

/** Reads all of it. Throws `BackupBroken`. */
export async function checkBackup(path: string, passphrase: string): Promise<BackupResult> {
  const result: BackupResult = { tables: 0, rows: 0 };
  for await (const section of readSections(readEncrypted(path, passphrase))) {
    if (section.type === 'table') result.tables += 1;
    if (section.type === 'rows') for (const byte of section.bytes) if (byte === 0x0a) result.rows += 1;
  }
  return result;
}
