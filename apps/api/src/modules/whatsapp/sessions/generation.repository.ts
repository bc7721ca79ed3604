import type { Generation, GenerationCause } from '@trunkline/contracts';
import { v7 as uuid } from 'uuid';
import type { Sql } from '../../../database/database.js';
import { type Ctx, demandAccount } from '../../auth/ctx.js';
import { livedDaysAgo } from '../../cluster/lived.repository.js';
import { appendEvents, newEvent } from '../events/event.log.repository.js';
import type { Cut } from './change.set.js';
import { ENDINGS, packRecords, renewRecords, SNAPSHOTS, unpackRecords, withoutRatchets } from './generation.js';
import { holdVaultKey } from './keys/key.repository.js';
import {
  deleteAllRecords,
  readAllRecords,
  type RecordKey,
  type SealedRecord,
  upsertRecords,
} from './record.repository.js';
import { SealBrokenError, type Vault } from './vault.js';

/** Days for which a session that was put away is kept. */
export const ARCHIVE_DAYS = 30;
const DAY_MS = 86_400_000;

interface GenerationRow {
  id: string;
  number: number;
  cause: GenerationCause;
  sealed: Buffer;
  createdAt: Date;
}

/**
 * Puts a copy of the whole session aside, or the session itself. Records go as they lie there, sealed each for itself, so
 * that one that does not open is kept too. A session without records leaves nothing. A session is taken away only when it
 * was put aside, and for one that a person chose only when that opens.
 */
export async function cutSession(sql: Sql, vault: Vault, accountId: string, cut: Cut, now: Date): Promise<void> {
  await holdVaultKey(sql, vault.keyId);
  const found = await readAllRecords(sql, accountId);
  const chosen = cut.restore && (await generationToRestore(sql, vault, accountId, cut.restore));
  if (!chosen && typeof cut.restore === 'object') return;
  const records = cut.keep ? withoutRatchets(found) : found;
  if (records.length > 0) await insertGeneration(sql, vault, accountId, cut, records, now);
  if (!cut.keep) await deleteAllRecords(sql, accountId);
  if (!chosen) return;
  await upsertRecords(sql, renewRecords(vault, chosen.records), now);
  const because = cut.restore === 'newest' ? 'broken' : 'chosen';
  const { number, cause, createdAt } = chosen;
  const told = { because, number, cause, savedAt: createdAt.toISOString() } as const;
  await appendEvents(sql, [newEvent('account.session_restored', accountId, told, now)]);
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
      vault.seal(placeOf(accountId, id), packRecords(renewRecords(vault, records))),
      records.length,
      now,
      keep ? null : new Date(now.getTime() + ARCHIVE_DAYS * DAY_MS),
    ],
  );
}

type Restorable = GenerationRow & { records: SealedRecord[] };

/** The one that is named, or the newest snapshot of the present link; undefined when there is none whose records open. */
async function generationToRestore(
  sql: Sql,
  vault: Vault,
  accountId: string,
  which: NonNullable<Cut['restore']>,
): Promise<Restorable | undefined> {
  const rows =
    which === 'newest' ? await liveSnapshots(sql, accountId) : await named(sql, accountId, which.generationId);
  for (const row of rows) {
    const records = openGeneration(vault, accountId, row);
    if (records?.every((record) => opens(vault, record))) return { ...row, records };
  }
  return undefined;
}

/** Whether it could be restored now. */
export async function generationOpens(
  sql: Sql,
  vault: Vault,
  accountId: string,
  generationId: string,
): Promise<boolean> {
  return (await generationToRestore(sql, vault, accountId, { generationId })) !== undefined;
}

const COLUMNS = 'id, number, cause, sealed, created_at as "createdAt"';

async function liveSnapshots(sql: Sql, accountId: string): Promise<GenerationRow[]> {
  const { rows } = await sql.query(
    `select ${COLUMNS} from mkt_wap_session_generations where account_id = $1 and cause = any($2)
     and number > coalesce((select max(number) from mkt_wap_session_generations where account_id = $1 and cause = any($3)), 0)
     order by number desc`,
    [accountId, SNAPSHOTS, ENDINGS],
  );
  return rows;
}

async function named(sql: Sql, accountId: string, id: string): Promise<GenerationRow[]> {
  const { rows } = await sql.query(
    `select ${COLUMNS} from mkt_wap_session_generations where account_id = $1 and id = $2`,
    [accountId, id],
  );
  return rows;
}

/** The session that was put away last, opened record by record (`kind id`); undefined when there is none. */
export async function readLastArchive(
  sql: Sql,
  vault: Vault,
  accountId: string,
): Promise<Map<string, Uint8Array> | undefined> {
  const { rows } = await sql.query<GenerationRow>(
    `select ${COLUMNS} from mkt_wap_session_generations where account_id = $1 and cause = any($2) order by number desc limit 1`,
    [accountId, ENDINGS],
  );
  const records = rows[0] && unpack(vault, accountId, rows[0]);
  return (
    records && new Map(records.map(({ sealed, ...place }) => [`${place.kind} ${place.id}`, vault.open(place, sealed)]))
  );
}

/** The value of one record in the newest copy of the present link in which it opens; undefined when there is none. */
export async function newestOfCopies(sql: Sql, vault: Vault, key: RecordKey): Promise<Uint8Array | undefined> {
  for (const row of await liveSnapshots(sql, key.accountId)) {
    const record = unpack(vault, key.accountId, row)?.find(({ kind, id }) => kind === key.kind && id === key.id);
    if (record && opens(vault, record)) return vault.open(key, record.sealed);
  }
  return undefined;
}

/** What of it is brought back. */
function openGeneration(vault: Vault, accountId: string, row: GenerationRow): SealedRecord[] | undefined {
  const records = unpack(vault, accountId, row);
  return records && withoutRatchets(records);
}

function unpack(vault: Vault, accountId: string, { id, sealed }: GenerationRow): SealedRecord[] | undefined {
  try {
    return unpackRecords(accountId, vault.open(placeOf(accountId, id), sealed));
  } catch {
    return undefined; // This one is broken too; an older one may not be.
  }
}

function opens(vault: Vault, { sealed, ...place }: SealedRecord): boolean {
  try {
    vault.open(place, sealed);
    return true;
  } catch (error) {
    if (error instanceof SealBrokenError) return false;
    throw error;
  }
}

const placeOf = (accountId: string, id: string) => ({ accountId, kind: 'generation', id });

/** Newest first. */
export async function listGenerations(sql: Sql, ctx: Ctx, accountId: string): Promise<Generation[]> {
  demandAccount(ctx, accountId);
  const { rows } = await sql.query(
    `select id, number, cause, record_count as records, created_at as "createdAt", expires_at as "expiresAt",
       exists (select from mkt_wap_session_generations e
         where e.account_id = g.account_id and e.number >= g.number and e.cause = any($2)) as ended
     from mkt_wap_session_generations g where account_id = $1 order by number desc`,
    [accountId, ENDINGS],
  );
  return rows.map((row) => ({
    ...row,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
  }));
}

/** Snapshots of each cause that are kept of an account; more of a day than of rarer points. */
const KEPT = { daily: 3, other: 2 };

/**
 * Prunes ends that have served their time, by both clocks (`livedDaysAgo`), with the snapshots of what ended then, and snapshots that newer ones have
 * replaced. What was put aside because it could not be used is no end of the link: while nothing came after it, it is the
 * only copy of the session, and no time deletes that.
 */
export async function deleteOldGenerations(sql: Sql, now: Date): Promise<void> {
  const served = await livedDaysAgo(sql, ARCHIVE_DAYS, now);
  if (served) await deleteServed(sql, served, now);
  await deleteReplaced(sql);
}

async function deleteServed(sql: Sql, served: Date, now: Date): Promise<void> {
  await sql.query(
    `with over as (
       select g.id, g.account_id, g.number, g.cause from mkt_wap_session_generations g
       where g.expires_at <= $1 and g.created_at <= $4 and not (g.cause = 'invalid'
         and not exists (select from mkt_wap_session_records r where r.account_id = g.account_id)
         and not exists (select from mkt_wap_session_generations n
           where n.account_id = g.account_id and n.number > g.number))
     )
     delete from mkt_wap_session_generations g using over
     where g.id = over.id or (g.account_id = over.account_id and g.number < over.number
       and over.cause = any($2) and g.cause = any($3))`,
    [now, ENDINGS, SNAPSHOTS, served],
  );
}

async function deleteReplaced(sql: Sql): Promise<void> {
  await sql.query(
    `delete from mkt_wap_session_generations g using (
       select id, cause, row_number() over (partition by account_id, cause order by number desc) as place
       from mkt_wap_session_generations where cause = any($1)
     ) ranked
     where ranked.id = g.id and ranked.place > case ranked.cause when 'daily' then $2::int else $3::int end`,
    [SNAPSHOTS, KEPT.daily, KEPT.other],
  );
}
