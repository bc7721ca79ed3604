import type { Network } from '@trunkline/contracts';
import type { Sql } from '../../../database/database.js';

export interface TracedLine {
  n: number;
  at: Date;
  line: string;
  node: object;
}

export async function insertTrace(
  sql: Sql,
  trace: { id: string; accountId: string; startedAt: Date; endsAt: Date },
): Promise<void> {
  await sql.query(`insert into mkt_wap_traces (id, account_id, started_at, ends_at) values ($1, $2, $3, $4)`, [
    trace.id,
    trace.accountId,
    trace.startedAt,
    trace.endsAt,
  ]);
}

/** Undefined when there is none; `served`: a worker of its network lives. */
export async function tracedAccount(
  sql: Sql,
  accountId: string,
): Promise<{ network: Network; wanted: 'online' | 'offline'; served: boolean } | undefined> {
  const { rows } = await sql.query(
    `select network, wanted, exists (
       select from mkt_wap_workers w where w.network = a.network and w.expires_at > clock_timestamp()
     ) as served from mkt_wap_accounts a where id = $1 and deleted_at is null`,
    [accountId],
  );
  return rows[0];
}

export async function traceLines(sql: Sql, traceId: string, after: number): Promise<TracedLine[]> {
  const { rows } = await sql.query<TracedLine>(
    `select n, at, line, node from mkt_wap_trace_lines where trace_id = $1 and n > $2 order by n limit 1000`,
    [traceId, after],
  );
  return rows;
}

/** Traces are for who asked for them: they are kept a day. */
export async function deleteOldTraces(sql: Sql, now: Date): Promise<void> {
  await sql.query(`delete from mkt_wap_traces where started_at < $1::timestamptz - interval '1 day'`, [now]);
}
