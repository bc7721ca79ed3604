import type { Sql } from '../../../database/database.js';
import { SNAPSHOTS } from './generation.js';

/** Connected accounts whose newest snapshot is from before that time. */
export async function accountsToSnapshot(sql: Sql, before: Date, limit: number): Promise<string[]> {
  const { rows } = await sql.query(
    `select a.id from mkt_wap_accounts a
     where a.connection = 'connected' and a.deleted_at is null and not exists (
       select from mkt_wap_session_generations g
       where g.account_id = a.id and g.cause = any($1) and g.created_at > $2)
     order by a.id limit $3`,
    [SNAPSHOTS, before, limit],
  );
  return rows.map(({ id }) => id);
}

export async function linkedAccounts(sql: Sql): Promise<string[]> {
  const { rows } = await sql.query(`select id from mkt_wap_accounts where linked and deleted_at is null order by id`);
  return rows.map(({ id }) => id);
}
