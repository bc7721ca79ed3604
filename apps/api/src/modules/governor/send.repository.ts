import type { Sql } from '../../database/database.js';

/** More than any limit reaches back. */
const KEPT_HOURS = 72;

/** Messages that leave for the first time, with the commit that lets them; one that leaves again has its row already. */
export async function noteSends(
  sql: Sql,
  moved: readonly { account_id: string; at: Date; attempts: number }[],
): Promise<void> {
  const first = moved.filter(({ attempts }) => attempts === 1);
  if (first.length === 0) return;
  await sql.query({
    name: 'note-sends',
    text: `insert into mkt_wap_sends (account_id, at) select * from unnest($1::uuid[], $2::timestamptz[])`,
    values: [first.map((each) => each.account_id), first.map(({ at }) => at)],
  });
}

/** Of messages that were noted so and did not leave after all, each one row: they are noted when they do. */
export async function forgetUnsent(sql: Sql, noted: readonly { account_id: string; at: Date }[]): Promise<void> {
  if (noted.length === 0) return;
  await sql.query(
    `with unsent as (
       select account_id, at, count(*) as rows from unnest($1::uuid[], $2::timestamptz[]) as u (account_id, at) group by 1, 2
     )
     delete from mkt_wap_sends where ctid in (
       select s.ctid from unsent u cross join lateral (
         select ctid from mkt_wap_sends where account_id = u.account_id and at = u.at limit u.rows) s)`,
    [noted.map((each) => each.account_id), noted.map(({ at }) => at)],
  );
}

/** By the hours in which the installation was up: a clock that was set makes no send older than it is. */
export async function forgetSends(sql: Sql): Promise<void> {
  await sql.query(
    `with newest as (select hour from mkt_wap_lived_hours order by hour desc limit $1)
     delete from mkt_wap_sends where at < (select min(hour) from newest having count(*) = $1)`,
    [KEPT_HOURS],
  );
}
