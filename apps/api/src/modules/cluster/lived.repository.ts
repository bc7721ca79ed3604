import type { Sql } from '../../database/database.js';

/** Longer than anything is counted in lived time, also where the installation is up every fourth day. */
const KEPT = '400 days';

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

/**
 * A moment that is `days` days ago by both clocks: the wall clock, and the days on which the installation was up. What is kept
 * for so long and is older may go. Undefined while it has not lived so many days.
 */
export async function livedDaysAgo(sql: Sql, days: number, now: Date): Promise<Date | undefined> {
  const { rows } = await sql.query<{ at: Date | null }>(
    `select least(min(day), $2::timestamptz - make_interval(days => $1::int)) as at from (
       select distinct date_trunc('day', hour, 'UTC') as day from mkt_wap_lived_hours where hour <= $2
       order by day desc limit $1
     ) lived having count(*) = $1`,
    [days, now],
  );
  return rows[0]?.at ?? undefined;
}
