import type { ProxyPool, ProxyPoolCreate } from '@trunkline/contracts';
import { v7 as uuid } from 'uuid';
import type { Clock } from '../../../clock/clock.js';
import type { Store } from '../../../database/database.js';
import { transact } from '../../../database/transaction.js';
import { ProblemError } from '../../../errors/problem.js';
import type { Notifier } from '../../cluster/notifier.repository.js';
import { appendEvents, newEvent } from '../events/event.log.repository.js';
import { deletePool, hasPool, listPools, putPool } from './proxy.repository.js';

/** Pools: names under which proxies stand together. */
export class PoolService {
  constructor(
    private readonly store: Store,
    private readonly notifier: Notifier,
    private readonly clock: Clock,
  ) {}

  list(): Promise<ProxyPool[]> {
    return listPools(this.store.pool);
  }

  create({ name }: ProxyPoolCreate): Promise<ProxyPool> {
    return this.#put(uuid(), name);
  }

  async rename(id: string, { name }: ProxyPoolCreate): Promise<ProxyPool> {
    if (!(await hasPool(this.store.pool, id))) throw new ProblemError('not_found', 'There is no such pool.');
    return this.#put(id, name);
  }

  /** Its proxies stay, and accounts keep theirs. */
  async remove(id: string): Promise<void> {
    const now = this.clock.now();
    await transact(this.store.pool, async (sql) => {
      if (!(await deletePool(sql, id))) throw new ProblemError('not_found', 'There is no such pool.');
      await appendEvents(sql, [newEvent('proxy_pool.deleted', null, { poolId: id }, now)]);
    });
    this.notifier.wake('unnumbered');
  }

  async #put(id: string, name: string): Promise<ProxyPool> {
    const now = this.clock.now();
    const pool = await transact(this.store.pool, async (sql) => {
      const put = await putPool(sql, { id, name }, now);
      if (!put) throw new ProblemError('conflict', 'Another pool has this name.');
      await appendEvents(sql, [newEvent('proxy_pool.updated', null, { pool: put }, now)]);
      return put;
    });
    this.notifier.wake('unnumbered');
    return pool;
  }
}
