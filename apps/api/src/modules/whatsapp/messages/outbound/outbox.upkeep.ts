import type { Store } from '../../../../database/database.js';
import { transact } from '../../../../database/transaction.js';
import { lockUnowned } from '../../../cluster/lease.repository.js';
import type { Notifier } from '../../../cluster/notifier.repository.js';
import { expiredWithoutOwner } from './outbox.repository.js';
import { expire, promoteDue, releaseHeld } from './outbox.writer.js';

/** Scheduled and held messages whose time has come are due from here on. Answers how many accounts have some. */
export async function ripen({ store, notifier }: { store: Store; notifier: Notifier }, now: Date): Promise<number> {
  const accounts = await transact(store.pool, async (sql) => [
    ...(await promoteDue(sql, now)),
    ...(await releaseHeld(sql, now)),
  ]);
  for (const id of new Set(accounts)) notifier.wake('outbox', id);
  return accounts.length;
}

const AT_ONCE = 100;

/**
 * Messages that ran out while nobody owned their account; owners see to their own. The lease is locked meanwhile, so that
 * nobody begins to send them.
 */
export async function expireUnowned(store: Store, now: Date): Promise<number> {
  const ids = await expiredWithoutOwner(store.pool, now, AT_ONCE);
  for (const id of ids) {
    await transact(store.pool, async (sql) => {
      if (await lockUnowned(sql, id)) await expire(sql, id, now);
    });
  }
  return ids.length;
}
