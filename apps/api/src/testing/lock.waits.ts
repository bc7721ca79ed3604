import type pg from 'pg';

/**
 * How many connections to the database of the pool wait for a lock now. For specs in which two do something at once.
 * @param asking a part of what they ask
 */
export async function lockWaits(pool: pg.Pool, asking = ''): Promise<number> {
  const { rowCount } = await pool.query(
    `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and strpos(query, $1) > 0`,
    [asking],
  );
  return rowCount!;
}
