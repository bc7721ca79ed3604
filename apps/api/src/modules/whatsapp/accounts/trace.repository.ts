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
