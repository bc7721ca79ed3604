import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { knownMigrations, migrate } from '../database/migrate.js';
import { readEncrypted } from './backup.file.js';
import { BackupBroken, type BackupHead, type BackupTable, readSections, type Section } from './backup.format.js';
import { quietAccounts } from './quiet.accounts.js';
import { markRestored } from './restored.rows.js';
import {
  appliedMigrations,
  copyIn,
  emptyTables,
  firstFullTable,
  setSequences,
  tablesInOrder,
} from './table.repository.js';

export interface RestoreOptions {
  databaseUrl: string;
  path: string;
  passphrase: string;
  now: Date;
  /** The files of media are here as well: copied, or in the same bucket. */
  keepMedia?: boolean;
  /** Told what the backup says of itself before anything is written; throws when it must not go on. */
  onHead(head: BackupHead): Promise<void>;
}

export interface RestoreResult {
  accounts: number;
  rows: number;
}

/**
 * Fills an empty database from a backup, all or nothing. The schema is first brought to what it was then, and only after the
 * rows are in to what this version wants, as an installation that is upgraded. All accounts are offline in the same
 * transaction: none can come online before a person says so. Throws `BackupBroken`.
 */
export async function restoreBackup(options: RestoreOptions): Promise<RestoreResult> {
  const sections = readSections(readEncrypted(options.path, options.passphrase));
  const first = await sections.next();
  if (first.done || first.value.type !== 'head') throw new BackupBroken('It is not a backup of Trunkline.');
  const { head } = first.value;
  try {
    checkVersion(head);
    await checkEmpty(options.databaseUrl, head);
    await options.onHead(head);
    await migrate(options.databaseUrl, head.migrations.length);
    const result = await fill(options, head, sections);
    await migrate(options.databaseUrl);
    await withClient(options.databaseUrl, (client) => markRestored(client, options.keepMedia ?? false, options.now));
    return result;
  } finally {
    await sections.return(undefined);
  }
}

function checkVersion({ migrations, version }: BackupHead): void {
  const known = knownMigrations();
  if (migrations.every((hash, i) => known[i] === hash)) return;
  throw new BackupBroken(`It was made by a newer version (${version}). Upgrade this installation first.`);
}

async function checkEmpty(databaseUrl: string, head: BackupHead): Promise<void> {
  await withClient(databaseUrl, async (client) => {
    const full = await firstFullTable(client);
    const applied = await appliedMigrations(client);
    if (full === undefined && applied.length <= head.migrations.length) return;
    const why = full === undefined ? 'it has the schema of another version' : `${full} holds rows`;
    throw new BackupBroken(
      `The target is not empty (${why}). Set DATA_DIR to a new folder, or DATABASE_URL to a new database.`,
    );
  });
}

async function fill(
  options: RestoreOptions,
  head: BackupHead,
  sections: AsyncGenerator<Section>,
): Promise<RestoreResult> {
  return withClient(options.databaseUrl, async (client) => {
    await client.query('begin');
    await emptyTables(client, await tablesInOrder(client));
    const rows = await copyAll(client, sections);
    await setSequences(client, head.sequences);
    const accounts = await quietAccounts(client, head, options.now);
    await client.query('commit');
    return { accounts, rows };
  });
}

/** Answers how many rows. A section that does not stand its test throws, and nothing was written. */
async function copyAll(client: pg.Client, sections: AsyncGenerator<Section>): Promise<number> {
  let rows = 0;
  for (let next = await sections.next(); !next.done; next = await sections.next()) {
    if (next.value.type === 'table') rows += await copyTable(client, next.value.table, sections);
  }
  return rows;
}

async function copyTable(client: pg.Client, table: BackupTable, sections: AsyncGenerator<Section>): Promise<number> {
  const into = client.query(copyFrom(copyIn(table)));
  await pipeline(Readable.from(rowsOf(sections)), into);
  return into.rowCount ?? 0;
}

async function* rowsOf(sections: AsyncGenerator<Section>): AsyncGenerator<Buffer> {
  for (let next = await sections.next(); !next.done; next = await sections.next()) {
    if (next.value.type === 'rows') yield next.value.bytes;
    else return;
  }
}

async function withClient<T>(databaseUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'trunkline restore' });
  client.on('error', () => undefined);
  await client.connect();
  return work(client).finally(() => client.end());
}
