import type { Network } from '@trunkline/contracts';
import { transact } from '../../database/transaction.js';
import type { Sql, Store } from '../../database/database.js';

export interface WorkerIdentity {
  id: string;
  network: Network;
  host: string;
  pid: number;
}

/** One heartbeat renews all leases of a worker for this long (seconds, by the database's clock). */
export const LEASE_SECONDS = 20;
const LATER = `clock_timestamp() + interval '${LEASE_SECONDS} seconds'`;

/**
 * Begins or begins again. Whatever an earlier life of this worker still owned is released in the same transaction: a
 * worker whose heartbeat lapsed must claim anew, with a new epoch.
 */
export async function registerWorker({ pool }: Store, worker: WorkerIdentity): Promise<void> {
  await transact(pool, async (sql) => {
    await sql.query(`update mkt_wap_leases set owner = null where owner = $1`, [worker.id]);
    await sql.query(
      `insert into mkt_wap_workers (id, network, host, pid, started_at, expires_at)
       values ($1, $2, $3, $4, clock_timestamp(), ${LATER})
       on conflict (id) do update set started_at = excluded.started_at, expires_at = excluded.expires_at`,
      [worker.id, worker.network, worker.host, worker.pid],
    );
  });
}

/** False when the heartbeat had lapsed: others may have claimed its accounts, so it must not be renewed. */
export async function renewWorker(sql: Sql, workerId: string): Promise<boolean> {
  const { rowCount } = await sql.query(
    `update mkt_wap_workers set expires_at = ${LATER} where id = $1 and expires_at > clock_timestamp()`,
    [workerId],
  );
  return rowCount === 1;
}

/** A clean exit: everything is free at once. */
export async function unregisterWorker({ pool }: Store, workerId: string): Promise<void> {
  await transact(pool, async (sql) => {
    await sql.query(`update mkt_wap_leases set owner = null where owner = $1`, [workerId]);
    await sql.query(`delete from mkt_wap_workers where id = $1`, [workerId]);
  });
}

/** Rows of workers that are long gone, and own nothing. */
export async function deleteDeadWorkers(sql: Sql): Promise<void> {
  await sql.query(
    `delete from mkt_wap_workers w where expires_at < clock_timestamp() - interval '1 day'
     and not exists (select from mkt_wap_leases l where l.owner = w.id)`,
  );
}
