import { v7 as uuid } from 'uuid';
import type { Sql } from '../../../database/database.js';
import type { GenerationCause } from '../../../database/schema/sessions.js';
import type { Cut } from './change.set.js';
import { packRecords, unpackRecords } from './generation.js';
import { deleteAllRecords, readAllRecords, type SealedRecord, upsertRecords } from './record.repository.js';
import type { RecordKind } from './journal.js';
import type { Vault } from './vault.js';

/** Days for which a session that was put away is kept. */
export const ARCHIVE_DAYS = 30;
const DAY_MS = 86_400_000;

/**
 * Puts a copy of the whole session aside, or the session itself. Records go as they lie there, sealed each for itself, so
 * that one that does not open is kept too. A session without records leaves nothing.
 */
export async function cutSession(sql: Sql, vault: Vault, accountId: string, cut: Cut, now: Date): Promise<void> {
  const records = await readAllRecords(sql, accountId);
  if (records.length > 0) await insertGeneration(sql, vault, accountId, cut, records, now);
  if (!cut.keep) await deleteAllRecords(sql, accountId);
  if (cut.restore) await restoreSnapshot(sql, vault, accountId, now);
}

async function insertGeneration(
  sql: Sql,
  vault: Vault,
  accountId: string,
  { keep, cause }: Cut,
  records: readonly SealedRecord[],
  now: Date,
): Promise<void> {
  const id = uuid();
  await sql.query(
    `insert into mkt_wap_session_generations (id, account_id, number, cause, sealed, record_count, created_at, expires_at)
     select $1, $2, coalesce(max(number), 0) + 1, $3, $4, $5, $6, $7 from mkt_wap_session_generations where account_id = $2`,
    [
      id,
      accountId,
      cause,
      vault.seal(placeOf(accountId, id), packRecords(records)),
      records.length,
      now,
      keep ? null : new Date(now.getTime() + ARCHIVE_DAYS * DAY_MS),
    ],
  );
}

/** What grows with each message is not brought back: an older ratchet would use a counter twice. */
const RATCHETS: ReadonlySet<RecordKind> = new Set(['session', 'sender-key', 'sender-key-memory', 'plaintext', 'sent']);

/**
 * Brings the newest snapshot back into an account whose session is broken, without its ratchets, which both sides then make
 * anew. False when there is none that opens. The broken session must have been put aside before.
 */
export async function restoreSnapshot(sql: Sql, vault: Vault, accountId: string, now: Date): Promise<boolean> {
  const { rows } = await sql.query<{ id: string; sealed: Buffer }>(
    `select id, sealed from mkt_wap_session_generations where account_id = $1 and cause = any($2)
     and number > coalesce((select max(number) from mkt_wap_session_generations where account_id = $1 and cause = any($3)), 0)
     order by number desc`,
    [accountId, ['linked', 'daily', 'upgrade'] satisfies GenerationCause[], ENDINGS],
  );
  for (const { id, sealed } of rows) {
    const records = openGeneration(vault, accountId, id, sealed);
    if (!records) continue;
    await upsertRecords(
      sql,
      records.filter(({ kind }) => !RATCHETS.has(kind)),
      now,
    );
    return true;
  }
  return false;
}

/** A snapshot from before one of these is of an identity that is linked no more. */
const ENDINGS: GenerationCause[] = ['reset', 'logged_out', 'unlinked', 'deleted'];

/** The session that was put away last, opened record by record (`kind id`); undefined when there is none. */
export async function readLastArchive(
  sql: Sql,
  vault: Vault,
  accountId: string,
): Promise<Map<string, Uint8Array> | undefined> {
  const { rows } = await sql.query<{ id: string; sealed: Buffer }>(
    `select id, sealed from mkt_wap_session_generations where account_id = $1 and cause = any($2) order by number desc limit 1`,
    [accountId, ENDINGS],
  );
  const records = rows[0] && openGeneration(vault, accountId, rows[0].id, rows[0].sealed);
  return (
    records && new Map(records.map(({ sealed, ...place }) => [`${place.kind} ${place.id}`, vault.open(place, sealed)]))
  );
}

function openGeneration(vault: Vault, accountId: string, id: string, sealed: Buffer): SealedRecord[] | undefined {
  try {
    return unpackRecords(accountId, vault.open(placeOf(accountId, id), sealed));
  } catch {
    return undefined; // This one is broken too; an older one may not be.
  }
}

const placeOf = (accountId: string, id: string) => ({ accountId, kind: 'generation', id });

export async function deleteOldGenerations(sql: Sql, now: Date): Promise<void> {
  await sql.query(`delete from mkt_wap_session_generations where expires_at <= $1`, [now]);
}
