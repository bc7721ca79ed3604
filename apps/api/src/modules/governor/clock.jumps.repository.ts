import type { Sql } from '../../database/database.js';

/** Milliseconds that the wall clock was set forward, and the moment after. */
export interface ClockJump {
  at: Date;
  ms: number;
}

export async function writeClockJumps(sql: Sql, jumps: readonly (ClockJump & { accountId: string })[]): Promise<void> {
  await sql.query(
    `insert into mkt_wap_clock_jumps (account_id, at, ms)
     select * from unnest($1::uuid[], $2::timestamptz[], $3::float8[]) on conflict do nothing`,
    [jumps.map(({ accountId }) => accountId), jumps.map(({ at }) => at), jumps.map(({ ms }) => ms)],
  );
}

/** Those after which something of the last day may have been sent. */
export async function readClockJumps(sql: Sql, accountId: string, since: Date): Promise<ClockJump[]> {
  const { rows } = await sql.query<ClockJump>(
    `select at, ms from mkt_wap_clock_jumps where account_id = $1 and at > $2 order by at`,
    [accountId, since],
  );
  return rows;
}
