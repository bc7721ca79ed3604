import type { Sql } from '../../database/database.js';

/**
 * True for one caller of the installation when something is due; it is due again `everyMs` later. The time is a row, so a
 * restart neither skips nor repeats it, and the row is locked while it is taken. A due time further away than `everyMs` is
 * of a clock that was wrong, and counts as passed.
 */
export async function takeTurn(sql: Sql, name: string, now: Date, everyMs: number): Promise<boolean> {
  const { rowCount } = await sql.query(
    `insert into mkt_wap_schedules as s (name, due_at) values ($1, $2)
     on conflict (name) do update set due_at = excluded.due_at where s.due_at <= $3 or s.due_at > excluded.due_at`,
    [name, new Date(now.getTime() + everyMs), now],
  );
  return rowCount === 1;
}

export async function dueAt(sql: Sql, name: string): Promise<Date | null> {
  const { rows } = await sql.query(`select due_at as "dueAt" from mkt_wap_schedules where name = $1`, [name]);
  return rows[0]?.dueAt ?? null;
}
