import type { MessageLane } from '@trunkline/contracts';
import type { Sql } from '../../database/database.js';
import type { Rate } from './decision/bucket.js';
import { DAY_MS, type DayWindow, SLOT_MS } from './decision/day.window.js';
import type { Limits } from './decision/limits.js';
import type { Usage } from './decision/usage.js';

/** Each send and each first contact of an account has a row with its moment; the newest count where there are very many. */
const SOURCES = {
  sends: `select sending_at as at from mkt_wap_messages
    where account_id = $1 and direction = 'out' and sending_at is not null and sending_at > $2`,
  firstContacts: `select at from mkt_wap_first_contacts where account_id = $1 and at > $2`,
};
const MOST_RECENT = 20_000;

/** What the account has sent, from the rows: of a day by slots, and one by one as far back as its buckets reach. */
export async function readUsage(sql: Sql, accountId: string, limits: Limits, now: Date): Promise<Usage> {
  const read = async (source: keyof typeof SOURCES, rate: Rate) => ({
    recent: await readRecent(sql, SOURCES[source], accountId, new Date(now.getTime() - rate.burst * rate.everyMs)),
    day: await readDay(sql, SOURCES[source], accountId, now),
  });
  return {
    sends: await read('sends', limits.pace),
    firstContacts: await read('firstContacts', limits.firstContactPace),
  };
}

async function readRecent(sql: Sql, source: string, accountId: string, since: Date): Promise<number[]> {
  const { rows } = await sql.query<{ at: Date }>(`${source} order by at desc limit ${MOST_RECENT}`, [accountId, since]);
  return rows.map(({ at }) => at.getTime()).reverse();
}

/** A row from the future, by a clock that was set back, counts as one of now. */
async function readDay(sql: Sql, source: string, accountId: string, now: Date): Promise<DayWindow> {
  const since = new Date(now.getTime() - DAY_MS - SLOT_MS);
  const { rows } = await sql.query<{ start: number; count: number }>(
    `select (floor(extract(epoch from least(at, $3)) * 1000 / ${SLOT_MS}) * ${SLOT_MS})::float8 as start, count(*) as count
     from (${source}) sent group by 1 order by 1`,
    [accountId, since, now],
  );
  return { slots: rows, total: rows.reduce((sum, { count }) => sum + count, 0) };
}

/** How many messages wait, by lane. */
export async function countWaiting(sql: Sql, accountId: string): Promise<Partial<Record<MessageLane, number>>> {
  const { rows } = await sql.query<{ lane: MessageLane; count: number }>(
    `select lane, count(*) as count from mkt_wap_messages
     where account_id = $1 and direction = 'out' and status in ('queued', 'sending', 'unknown') and status = 'queued'
     group by lane`,
    [accountId],
  );
  return Object.fromEntries(rows.map(({ lane, count }) => [lane, count]));
}
