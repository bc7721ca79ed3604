import type { Sql } from '../../database/database.js';

/** More than any limit reaches back. */
const KEPT_HOURS = 72;

/**
 * Messages that leave, with the commit that lets them. One that leaves again has its row already, but for one whose attempt
 * does not count (`unsent`): that has two, and after a restart the account may send one less.
 */
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

/** By the hours in which the installation was up: a clock that was set makes no send older than it is. */
export async function forgetSends(sql: Sql): Promise<void> {
  await sql.query(
    `with newest as (select hour from mkt_wap_lived_hours order by hour desc limit $1)
     delete from mkt_wap_sends where at < (select min(hour) from newest having count(*) = $1)`,
    [KEPT_HOURS],
  );
}
