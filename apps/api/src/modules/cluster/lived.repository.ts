import type { Sql } from '../../database/database.js';

/** Longer than anything is counted in lived hours. */
const KEPT = '60 days';

/** The installation is up in this hour; safe to say often. */
export async function noteLived(sql: Sql, now: Date): Promise<void> {
  await sql.query(
    `insert into mkt_wap_lived_hours (hour) values (date_trunc('hour', $1::timestamptz, 'UTC')) on conflict do nothing`,
    [now],
  );
  await sql.query(`delete from mkt_wap_lived_hours where hour < $1::timestamptz - interval '${KEPT}'`, [now]);
}

/** In how many hours since then, its own left out, the installation was up. */
export async function livedHoursSince(sql: Sql, since: Date, now: Date): Promise<number> {
  const { rows } = await sql.query<{ hours: number }>(
    `select count(*)::int as hours from mkt_wap_lived_hours where hour > $1 and hour <= $2`,
    [since, now],
  );
  return rows[0]!.hours;
}
