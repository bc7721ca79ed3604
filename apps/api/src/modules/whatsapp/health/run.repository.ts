import type { HealthFinding } from '@trunkline/contracts';
import { v7 as uuid } from 'uuid';
import type { Sql } from '../../../database/database.js';

export interface RunRow {
  startedAt: Date;
  finishedAt: Date;
  accounts: number;
  findings: HealthFinding[];
}

export async function insertRun(sql: Sql, run: RunRow): Promise<void> {
  await sql.query(
    `insert into mkt_wap_health_runs (id, started_at, finished_at, accounts, findings) values ($1, $2, $3, $4, $5)`,
    [uuid(), run.startedAt, run.finishedAt, run.accounts, JSON.stringify(run.findings)],
  );
}

export async function lastRun(sql: Sql): Promise<RunRow | undefined> {
  const { rows } = await sql.query<RunRow>(
    `select started_at as "startedAt", finished_at as "finishedAt", accounts, findings
     from mkt_wap_health_runs order by started_at desc limit 1`,
  );
  return rows[0];
}

/** Runs are kept a week. */
export async function deleteOldRuns(sql: Sql, now: Date): Promise<void> {
  await sql.query(`delete from mkt_wap_health_runs where started_at < $1::timestamptz - interval '7 days'`, [now]);
}
