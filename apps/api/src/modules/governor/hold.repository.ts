import { v7 as uuid } from 'uuid';
import type { Sql } from '../../database/database.js';
import { appendEvents, newEvent } from '../whatsapp/events/event.log.repository.js';
import type { Hold, KnownHold } from './holds.js';
import { describeHold } from './hold.words.js';

export interface HoldEntry {
  accountId: string;
  hold: Hold;
}

export interface LiftEntry {
  accountId: string;
  code: Hold['code'];
  at: number;
}

/** The last hold of each code, by account: those that stand, and those that a repetition is measured by. */
export async function readHolds(sql: Sql, accountIds: readonly string[]): Promise<Map<string, KnownHold[]>> {
  const { rows } = await sql.query(
    `select distinct on (account_id, code) account_id, code, scope, since, until, lifted_at is not null as lifted
     from mkt_wap_governor_holds where account_id = any($1) order by account_id, code, since desc`,
    [accountIds],
  );
  const holds = rows.map(({ account_id, since, until, ...row }) => ({
    accountId: account_id as string,
    hold: { ...row, since: since.getTime(), until: until.getTime() } as KnownHold,
  }));
  const byAccount = Map.groupBy(holds, ({ accountId }) => accountId);
  return new Map([...byAccount].map(([accountId, of]) => [accountId, of.map(({ hold }) => hold)]));
}

/** A hold begins, or one that stands gets another end. */
export async function writeHolds(sql: Sql, entries: readonly HoldEntry[], now: Date): Promise<void> {
  for (const { accountId, hold } of entries) {
    await sql.query(
      `insert into mkt_wap_governor_holds (id, account_id, code, scope, since, until) values ($1, $2, $3, $4, $5, $6)
       on conflict (account_id, code) where lifted_at is null
       do update set since = excluded.since, until = excluded.until, scope = excluded.scope`,
      [uuid(), accountId, hold.code, hold.scope, new Date(hold.since), new Date(hold.until)],
    );
  }
  const events = entries.map(({ accountId, hold }) =>
    newEvent('governor.hold', accountId, { hold: describeHold(hold) }, now),
  );
  await appendEvents(sql, events);
}

export async function liftHolds(sql: Sql, entries: readonly LiftEntry[], now: Date): Promise<void> {
  for (const { accountId, code, at } of entries) {
    const { rowCount } = await sql.query(
      `update mkt_wap_governor_holds set lifted_at = $3 where account_id = $1 and code = $2 and lifted_at is null`,
      [accountId, code, new Date(at)],
    );
    if (rowCount) await appendEvents(sql, [newEvent('governor.lifted', accountId, { code }, now)]);
  }
}
