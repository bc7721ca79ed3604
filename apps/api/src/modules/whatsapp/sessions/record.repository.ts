import type { Sql } from '../../../database/database.js';
import type { RecordKind } from './journal.js';

export interface RecordKey {
  accountId: string;
  kind: RecordKind;
  id: string;
}
export interface SealedRecord extends RecordKey {
  sealed: Buffer;
}

const columns = (keys: readonly RecordKey[]) => [
  keys.map(({ accountId }) => accountId),
  keys.map(({ kind }) => kind),
  keys.map(({ id }) => id),
];
const COLUMNS = 'r.account_id as "accountId", r.kind, r.record_id as id, r.sealed';

export async function readRecords(sql: Sql, keys: readonly RecordKey[]): Promise<SealedRecord[]> {
  const { rows } = await sql.query({
    name: 'read-records',
    text: `select ${COLUMNS} from unnest($1::uuid[], $2::text[], $3::text[]) as k (account_id, kind, record_id)
      join mkt_wap_session_records r using (account_id, kind, record_id)`,
    values: columns(keys),
  });
  return rows;
}

/** A whole session, sealed as it lies there. */
export async function readAllRecords(sql: Sql, accountId: string): Promise<SealedRecord[]> {
  const { rows } = await sql.query(
    `select ${COLUMNS} from mkt_wap_session_records r where account_id = $1 order by kind, record_id`,
    [accountId],
  );
  return rows;
}

export async function upsertRecords(sql: Sql, records: readonly SealedRecord[], now: Date): Promise<void> {
  if (records.length === 0) return;
  await sql.query({
    name: 'upsert-records',
    text: `insert into mkt_wap_session_records (account_id, kind, record_id, sealed, updated_at)
      select n.*, $5 from unnest($1::uuid[], $2::text[], $3::text[], $4::bytea[]) as n
      on conflict (account_id, kind, record_id) do update set sealed = excluded.sealed, updated_at = excluded.updated_at`,
    values: [...columns(records), records.map(({ sealed }) => sealed), now],
  });
}

export async function deleteRecords(sql: Sql, keys: readonly RecordKey[]): Promise<void> {
  if (keys.length === 0) return;
  await sql.query({
    name: 'delete-records',
    text: `delete from mkt_wap_session_records r
      using unnest($1::uuid[], $2::text[], $3::text[]) as k (account_id, kind, record_id)
      where r.account_id = k.account_id and r.kind = k.kind and r.record_id = k.record_id`,
    values: columns(keys),
  });
}

/** Where a value of this record may have been taken from: others of its kind and account, and itself of other accounts. */
export async function placesLike(sql: Sql, { accountId, kind, id }: RecordKey): Promise<RecordKey[]> {
  const { rows } = await sql.query(
    `select account_id as "accountId", record_id as id from mkt_wap_session_records
       where account_id = $1 and kind = $2 and record_id <> $3
     union all select a.id, $3 from mkt_wap_accounts a where a.id <> $1`,
    [accountId, kind, id],
  );
  return rows.map((row) => ({ ...row, kind }));
}

export async function deleteAllRecords(sql: Sql, accountId: string): Promise<void> {
  await sql.query(`delete from mkt_wap_session_records where account_id = $1`, [accountId]);
}

/** What has served its time (`RECORD_LIFE_DAYS`). */
export async function deleteOldRecords(sql: Sql, kind: RecordKind, before: Date): Promise<void> {
  await sql.query(`delete from mkt_wap_session_records where kind = $1 and updated_at < $2`, [kind, before]);
}
