import type pg from 'pg';
import { isPassing } from '../../../database/failure.js';
import type { Sql } from '../../../database/database.js';
import { type HeldLeases, lockLeases } from '../../cluster/lease.repository.js';
import { appendEvents, newEvent } from '../events/event.log.repository.js';
import type { AccountJournal } from './account.journal.js';
import type { ChangeSet } from './change.set.js';
import { type EntryWriters, type Refused, writeEntries } from './entry.js';
import { cutSession } from './generation.repository.js';
import { parkEntry } from './parked.repository.js';
import { deleteRecords, upsertRecords } from './record.repository.js';
import type { Vault } from './vault.js';

/** One account's part of a commit. */
export interface Part {
  journal: AccountJournal;
  set: ChangeSet;
}

export interface CommitTarget {
  pool: pg.Pool;
  workerId: string;
  vault: Vault;
  writers: Partial<EntryWriters>;
  /** Asked right before COMMIT is sent. */
  valid(): boolean;
  /** Entries that the database refused, kept apart: a fault to look at. */
  parked(entry: Refused, error: unknown): void;
}

/** The transaction was given up because the heartbeat has lapsed meanwhile. */
export class LapsedError extends Error {
  override name = 'LapsedError';
}

/** COMMIT was sent and no answer came: `transaction` tells whether it happened. */
export class CommitUnknownError extends Error {
  override name = 'CommitUnknownError';

  constructor(
    readonly transaction: string,
    readonly held: ReadonlySet<string>,
    override readonly cause: unknown,
  ) {
    super('the database went away while it committed');
  }
}

/**
 * Writes the parts in one transaction; answers the accounts whose lease held (of the others nothing was written).
 * `careful` is for one account of which something cannot be written: entry by entry, leaving out what is refused.
 */
export async function writeCommit(
  target: CommitTarget,
  parts: readonly Part[],
  now: Date,
  careful = false,
): Promise<ReadonlySet<string>> {
  const client = await target.pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const held = await lockLeases(
      client,
      target.workerId,
      parts.map(({ journal }) => journal.lease),
    );
    const mine = parts.filter(({ journal }) => held.accounts.has(journal.lease.accountId));
    if (careful) await writeOneByOne(client, target, mine, now);
    else await writeAll(client, target, mine, now);
    await commit(client, target, held);
    return held.accounts;
  } catch (error) {
    broken = await giveUp(client);
    throw error;
  } finally {
    client.release(broken);
  }
}

async function commit(client: pg.PoolClient, target: CommitTarget, held: HeldLeases): Promise<void> {
  if (!target.valid()) throw new LapsedError();
  try {
    await client.query('commit');
  } catch (error) {
    if (held.transaction && isPassing(error)) throw new CommitUnknownError(held.transaction, held.accounts, error);
    throw error;
  }
}

async function giveUp(client: pg.PoolClient): Promise<Error | undefined> {
  try {
    await client.query('rollback');
    return undefined;
  } catch (error) {
    return error as Error; // The connection is broken, and with it the transaction: it is not used again.
  }
}

/** After a `CommitUnknownError`: undefined while the database does not say yet. */
export async function outcomeOf(sql: Sql, transaction: string): Promise<'committed' | 'aborted' | undefined> {
  const { rows } = await sql.query(`select pg_xact_status($1::xid8) as status`, [transaction]);
  return rows[0].status === 'in progress' ? undefined : rows[0].status;
}

async function writeAll(sql: Sql, target: CommitTarget, parts: readonly Part[], now: Date): Promise<void> {
  await writeRecords(sql, target.vault, parts, now);
  await writeEntries(
    sql,
    target.writers,
    parts.flatMap(({ set }) => set.entries),
    now,
  );
  for (const part of parts) await writeCut(sql, target.vault, part, now);
}

interface RecordPart {
  journal: AccountJournal;
  set: Pick<ChangeSet, 'records'>;
}

async function writeRecords(sql: Sql, vault: Vault, parts: readonly RecordPart[], now: Date): Promise<void> {
  const changes = parts.flatMap(({ journal, set }) =>
    [...set.records.values()].map((change) => ({ ...change, accountId: journal.lease.accountId })),
  );
  const kept = changes.flatMap(({ value, ...key }) => (value ? [{ ...key, sealed: vault.seal(key, value) }] : []));
  await upsertRecords(sql, kept, now);
  await deleteRecords(
    sql,
    changes.filter(({ value }) => value === null),
  );
}

async function writeCut(sql: Sql, vault: Vault, { journal, set }: Part, now: Date): Promise<void> {
  if (set.cut) await cutSession(sql, vault, journal.lease.accountId, set.cut, now);
}

async function writeOneByOne(sql: Sql, target: CommitTarget, parts: readonly Part[], now: Date): Promise<void> {
  for (const { journal, set } of parts) {
    const { accountId } = journal.lease;
    const or = { sql, target, journal, now };
    for (const change of set.records.values()) {
      const one = { journal, set: { records: new Map([['', change]]) } };
      await writeOrPark({ ...or, type: 'record', data: change }, () => writeRecords(sql, target.vault, [one], now));
    }
    for (const entry of set.entries) {
      await writeOrPark({ ...or, ...entry }, () => writeEntries(sql, target.writers, [entry], now));
    }
    const { cut } = set;
    if (cut) {
      await writeOrPark({ ...or, type: 'cut', data: cut }, () => cutSession(sql, target.vault, accountId, cut, now));
    }
  }
}

interface Attempt {
  sql: Sql;
  target: CommitTarget;
  journal: AccountJournal;
  now: Date;
  type: Refused['type'];
  data: unknown;
}

/** What is refused is undone alone, and kept. */
async function writeOrPark(
  { sql, target, journal, now, type, data }: Attempt,
  write: () => Promise<void>,
): Promise<void> {
  await sql.query('savepoint one');
  try {
    await write();
    await sql.query('release savepoint one');
  } catch (error) {
    if (isPassing(error)) throw error;
    await sql.query('rollback to savepoint one');
    const entry: Refused = { type, data, accountId: journal.lease.accountId, network: journal.network };
    await parkEntry(sql, target.vault, entry, error, now);
    await appendEvents(sql, [newEvent('account.error', entry.accountId, UNWRITABLE, now)]);
    target.parked(entry, error);
  }
}

const UNWRITABLE = {
  message:
    'Something that arrived for this account could not be stored. It is kept aside; the log of the server says more.',
  reason: 'none',
  action: null,
} as const;
