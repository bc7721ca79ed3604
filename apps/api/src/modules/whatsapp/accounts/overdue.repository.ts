import type { Sql } from '../../../database/database.js';

/** Accounts whose deadline passed before `before`, and which no live worker owns. */
export async function overdueAccounts(sql: Sql, before: Date, limit: number): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>(
    `select a.id from mkt_wap_accounts a join mkt_wap_leases l on l.account_id = a.id
     where a.deadline <= $1 and a.deleted_at is null
       and not exists (select from mkt_wap_workers w where w.id = l.owner and w.expires_at > clock_timestamp())
     order by a.deadline limit $2`,
    [before, limit],
  );
  return rows.map(({ id }) => id);
}
