import type { Sql } from '../../database/database.js';

/** Takes or renews a duty for `seconds`, by the database's clock; false while another has it. */
export async function holdDuty(sql: Sql, duty: string, owner: string, seconds: number): Promise<boolean> {
  const { rowCount } = await sql.query(
    `insert into mkt_wap_duties as d (duty, owner, epoch, expires_at)
     values ($1, $2, 1, clock_timestamp() + make_interval(secs => $3))
     on conflict (duty) do update set
       owner = excluded.owner,
       epoch = d.epoch + case when d.owner = excluded.owner then 0 else 1 end,
       expires_at = excluded.expires_at
     where d.owner = excluded.owner or d.expires_at <= clock_timestamp()`,
    [duty, owner, seconds],
  );
  return rowCount === 1;
}

/** Free from now on: the column rounds to milliseconds, and half of all moments up. */
export async function dropDuty(sql: Sql, duty: string, owner: string): Promise<void> {
  await sql.query(
    `update mkt_wap_duties set expires_at = clock_timestamp() - interval '1 millisecond' where duty = $1 and owner = $2`,
    [duty, owner],
  );
}

/** True while somebody has the duty. */
export async function dutyHeld(sql: Sql, duty: string): Promise<boolean> {
  const { rowCount } = await sql.query(
    `select from mkt_wap_duties where duty = $1 and expires_at > clock_timestamp()`,
    [duty],
  );
  return rowCount === 1;
}
