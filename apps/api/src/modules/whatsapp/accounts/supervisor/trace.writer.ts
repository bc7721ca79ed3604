import type { Sql } from '../../../../database/database.js';
import type { TraceLine } from './trace.recorder.js';

/** A trace that was deleted meanwhile takes nothing more. */
export async function writeTraceLines(sql: Sql, lines: readonly TraceLine[]): Promise<void> {
  await sql.query(
    `insert into mkt_wap_trace_lines (trace_id, n, at, line, node)
     select l."traceId", l.n, l.at, l.line, l.node
     from jsonb_to_recordset($1::jsonb) as l ("traceId" uuid, n int, at timestamptz, line text, node jsonb)
     join mkt_wap_traces t on t.id = l."traceId"
     on conflict do nothing`,
    [JSON.stringify(lines)],
  );
}
