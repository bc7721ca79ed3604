import type pg from 'pg';

/**
 * Expires a worker that is known to be dead (its process has ended, seen by its parent): its accounts may be claimed at
 * once instead of after the lease. Never to be called for a process that may still run.
 */
export async function expireWorker(pool: Pick<pg.Pool, 'query'>, workerId: string): Promise<void> {
  await pool.query(
    `update mkt_wap_workers set expires_at = least(expires_at, clock_timestamp() - interval '1 millisecond') where id = $1`,
    [workerId],
  );
}

/**
 * Expires every worker. Only for a database of our own, by the supervisor that holds its data folder and has ended what an
 * earlier start left running: nobody else can have a worker on it.
 */
export async function expireAllWorkers(pool: Pick<pg.Pool, 'query'>): Promise<void> {
  await pool.query(
    `update mkt_wap_workers set expires_at = least(expires_at, clock_timestamp() - interval '1 millisecond')`,
  );
}
