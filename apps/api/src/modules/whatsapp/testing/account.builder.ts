import type { Network } from '@trunkline/contracts';
import { v7 as uuid } from 'uuid';
import type { Store } from '../../../database/database.js';
import { claimLeases, insertLease, type Lease } from '../../cluster/lease.repository.js';
import { registerWorker, type WorkerIdentity } from '../../cluster/worker.repository.js';
import { insertAccount } from '../accounts/account.repository.js';
import type { AccountRow } from '../accounts/account.view.js';

/** An account as a spec needs it; with its lease, owned by nobody. */
export async function makeAccount(store: Store, values: Partial<AccountRow> = {}): Promise<AccountRow> {
  const now = new Date();
  const stamps = { since: now, createdAt: now, updatedAt: now };
  const row = await insertAccount(store.pool, { id: uuid(), name: 'Spec', network: 'sandbox', ...stamps, ...values });
  await insertLease(store.pool, row.id, now);
  return row;
}

/** It lives until the spec expires it, however slow this machine is: nothing renews it. */
export async function makeWorker(store: Store, network: Network = 'sandbox'): Promise<WorkerIdentity> {
  const worker: WorkerIdentity = { id: uuid(), network, host: 'spec', pid: process.pid };
  await registerWorker(store, worker);
  const later = `clock_timestamp() + interval '1 hour'`;
  await store.pool.query(`update mkt_wap_workers set expires_at = ${later} where id = $1`, [worker.id]);
  return worker;
}

/** What the worker already has stays as it is. */
export async function claim(store: Store, worker: WorkerIdentity, limit = 100): Promise<Lease[]> {
  const { rows } = await store.pool.query('select account_id from mkt_wap_leases where owner = $1', [worker.id]);
  const running = rows.map((row) => row.account_id);
  return claimLeases(store.pool, worker.id, worker.network, { now: new Date(), limit, running });
}

/** Accounts that are wanted online, claimed by the worker. */
export async function ownAccounts(store: Store, worker: WorkerIdentity, count: number): Promise<Lease[]> {
  const ids = new Set<string>();
  for (let i = 0; i < count; i += 1) ids.add((await makeAccount(store, { wanted: 'online' })).id);
  const leases = await claim(store, worker, 1000);
  return leases.filter(({ accountId }) => ids.has(accountId));
}
