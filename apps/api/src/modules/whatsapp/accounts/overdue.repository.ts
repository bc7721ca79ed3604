import type { Sql } from '../../../database/database.js';

const UNOWNED = `not exists (select from mkt_wap_workers w where w.id = l.owner and w.expires_at > clock_timestamp())`;

/** Accounts that their last owner left as connected, and which no live worker owns. */
export async function lapsedAccounts(sql: Sql, limit: number): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>(
    `select a.id from mkt_wap_accounts a join mkt_wap_leases l on l.account_id = a.id
     where a.connection = 'connected' and a.deleted_at is null and ${UNOWNED} limit $1`,
    [limit],
  );
  return rows.map(({ id }) => id);
}

/** Accounts whose deadline passed before `before`, and which no live worker owns. */
export async function overdueAccounts(sql: Sql, before: Date, limit: number): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>(
    `select a.id from mkt_wap_accounts a join mkt_wap_leases l on l.account_id = a.id
     where a.deadline <= $1 and a.deleted_at is null
       and ${UNOWNED}
     order by a.deadline limit $2`,
    [before, limit],
  );
  return rows.map(({ id }) => id);
}
