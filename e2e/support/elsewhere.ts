/**
 * An account that a worker of another machine owns, which brings it into any state: nothing acts on it here, and pages are
 * told of each state as of any other.
 */
import { randomUUID } from 'node:crypto';
import type { Account } from '@trunkline/contracts';
import pg from 'pg';
import { readAccountRows } from '../../apps/api/src/modules/whatsapp/accounts/account.repository.js';
import { toState } from '../../apps/api/src/modules/whatsapp/accounts/account.view.js';
import type { State } from '../../apps/api/src/modules/whatsapp/accounts/machine/account.machine.js';
import {
  tellUpdated,
  writeStates,
} from '../../apps/api/src/modules/whatsapp/accounts/supervisor/account.state.writer.js';
import { appendEvents, newEvent } from '../../apps/api/src/modules/whatsapp/events/event.log.repository.js';
import { Notifier } from '../../apps/api/src/modules/cluster/notifier.repository.js';

export async function ownedElsewhere(databaseUrl: string, { id, createdAt }: Account) {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  const notifier = new Notifier(pool);
  const worker = randomUUID();
  const startedAt = performance.now();
  await pool.query(
    `insert into mkt_wap_workers (id, network, host, pid, started_at, expires_at)
     values ($1, 'sandbox', 'elsewhere', 1, clock_timestamp(), clock_timestamp() + interval '1 hour')`,
    [worker],
  );
  await pool.query('update mkt_wap_leases set owner = $1, epoch = epoch + 1 where account_id = $2', [worker, id]);
  /** By the clock of the product, which may be turned. */
  const now = () => new Date(Date.parse(createdAt) + performance.now() - startedAt);
  return {
    now,
    async become(state: State): Promise<void> {
      const [row] = await readAccountRows(pool, [id]);
      const { rows } = await pool.query<{ epoch: number }>('select epoch from mkt_wap_leases where account_id = $1', [
        id,
      ]);
      const after = { ...row!, ...state, updatedAt: now(), epoch: Number(rows[0]!.epoch) };
      await writeStates(pool, [after]);
      await tellUpdated(pool, [id], now());
      const told = { state: toState(after, true), statusNote: after.statusNote };
      await appendEvents(pool, [newEvent('account.status', id, told, now())]);
      notifier.wake('unnumbered');
    },
    async end(): Promise<void> {
      await notifier.flushed();
      await pool.query(`update mkt_wap_accounts set wanted = 'offline', status = 'inactive' where id = $1`, [id]);
      await pool.query('update mkt_wap_leases set owner = null where account_id = $1', [id]);
      await pool.query('delete from mkt_wap_workers where id = $1', [worker]);
      await pool.end();
    },
  };
}
