import type { Sql } from '../../../database/database.js';
import { SNAPSHOTS } from './generation.js';

/** Connected accounts that have no snapshot of the time between; one of a clock that was ahead is none. */
export async function accountsToSnapshot(sql: Sql, after: Date, now: Date, limit: number): Promise<string[]> {
  const { rows } = await sql.query(
    `select a.id from mkt_wap_accounts a
     where a.connection = 'connected' and a.deleted_at is null and not exists (
       select from mkt_wap_session_generations g
       where g.account_id = a.id and g.cause = any($1) and g.created_at > $2 and g.created_at <= $3)
     order by a.id limit $4`,
    [SNAPSHOTS, after, now, limit],
  );
  return rows.map(({ id }) => id);
}

export async function linkedAccounts(sql: Sql): Promise<string[]> {
  const { rows } = await sql.query(`select id from mkt_wap_accounts where linked and deleted_at is null order by id`);
  return rows.map(({ id }) => id);
}
