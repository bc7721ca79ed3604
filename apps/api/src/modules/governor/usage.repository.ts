import type { MessageLane } from '@trunkline/contracts';
import type { Sql } from '../../database/database.js';
import { type Ctx, demandAccount } from '../auth/ctx.js';
import { WAITS } from '../whatsapp/messages/outbound/outbox.repository.js';
import { type ClockJump, readClockJumps } from './clock.jumps.repository.js';
import type { Rate } from './decision/bucket.js';
import { DAY_MS, type DayWindow, SLOT_MS } from './decision/day.window.js';
import type { Limits } from './decision/limits.js';
import type { Usage } from './decision/usage.js';

/** Each send and each first contact of an account has a row with its moment; the newest count where there are very many. */
const SENDS = `select at from mkt_wap_sends where account_id = $1 and at > $2`;
const FIRST_CONTACTS = `select at from mkt_wap_first_contacts where account_id = $1 and at > $2`;
const MOST_RECENT = 20_000;

/**
 * What the account has sent, from the rows: of a day by slots, and one by one as far back as its buckets reach. Where the
 * wall clock jumped forward since, earlier rows are as much younger than they look; one from the future, by a clock that was
 * set back, counts as one of now.
 * @param noted jumps that may not be in the rows yet
 */
export async function readUsage(
  sql: Sql,
  accountId: string,
  limits: Limits,
  now: Date,
  noted: readonly ClockJump[] = [],
): Promise<Usage> {
  const written = await readClockJumps(sql, accountId, new Date(now.getTime() - DAY_MS - SLOT_MS));
  const jumps = [...new Map([...written, ...noted].map((jump) => [jump.at.getTime(), jump])).values()];
  const read = async (source: string, { burst, everyMs }: Rate) => ({
    recent: await readRecent(sql, { accountId, source, jumps, now, backMs: burst * everyMs }),
    day: await readDay(sql, { accountId, source, jumps, now, backMs: DAY_MS + SLOT_MS }),
  });
  return {
    sends: await read(SENDS, limits.pace),
    firstContacts: await read(FIRST_CONTACTS, limits.firstContactPace),
  };
}

interface Asked {
  accountId: string;
  source: string;
  jumps: readonly ClockJump[];
  now: Date;
  /** How far back. */
  backMs: number;
}

/** The moments of a source, as old as they truly are. */
const trueMoments = (source: string): string => `select least($3::timestamptz, at + make_interval(secs =>
    (select coalesce(sum(j.ms), 0) from unnest($4::timestamptz[], $5::float8[]) as j (at, ms) where j.at > raw.at) / 1000)) as at
  from (${source}) raw`;

function valuesOf({ accountId, jumps, now, backMs }: Asked): unknown[] {
  const jumpedMs = jumps.reduce((sum, { ms }) => sum + ms, 0);
  const since = new Date(now.getTime() - backMs - jumpedMs);
  return [accountId, since, now, jumps.map(({ at }) => at), jumps.map(({ ms }) => ms)];
}

async function readRecent(sql: Sql, asked: Asked): Promise<number[]> {
  const { rows } = await sql.query<{ at: Date }>(
    `${trueMoments(asked.source)} order by 1 desc limit ${MOST_RECENT}`,
    valuesOf(asked),
  );
  return rows.map(({ at }) => at.getTime()).reverse();
}

async function readDay(sql: Sql, asked: Asked): Promise<DayWindow> {
  const { rows } = await sql.query<{ start: number; count: number }>(
    `select (floor(extract(epoch from at) * 1000 / ${SLOT_MS}) * ${SLOT_MS})::float8 as start, count(*) as count
     from (${trueMoments(asked.source)}) sent group by 1 order by 1`,
    valuesOf(asked),
  );
  return { slots: rows, total: rows.reduce((sum, { count }) => sum + count, 0) };
}

/** How many messages wait, by lane. */
export async function countWaiting(
  sql: Sql,
  ctx: Ctx,
  accountId: string,
): Promise<Partial<Record<MessageLane, number>>> {
  demandAccount(ctx, accountId);
  const { rows } = await sql.query<{ lane: MessageLane; count: number }>(
    `select m.lane, count(*) as count from mkt_wap_messages m
     where m.account_id = $1 and m.outbox in ('due', 'held') and ${WAITS}
     group by m.lane`,
    [accountId],
  );
  return Object.fromEntries(rows.map(({ lane, count }) => [lane, count]));
}
