import type { Store } from '../../../database/database.js';
import { transact } from '../../../database/transaction.js';
import { lockUnowned } from '../../cluster/lease.repository.js';
import { appendEvents, newEvent, type NewEvent } from '../events/event.log.repository.js';
import { readAccountRowWith } from './account.repository.js';
import { type AccountRow, toState } from './account.view.js';
import { step } from './machine/account.machine.js';
import { overdueAccounts } from './overdue.repository.js';
import { writeStates } from './supervisor/account.state.writer.js';

/** Owners act on their deadlines within about a second, and workers claim what is overdue: this is for when there are none. */
const GRACE_MS = 5_000;
const AT_ONCE = 100;

/**
 * Acts on deadlines that passed while nobody owned the account, because its network has no worker. The lease is locked
 * meanwhile, so that no owner begins; as there is no engine, the state and what people are told is all there is to do.
 * Answers how many.
 */
export async function settleOverdue(store: Store, now: Date): Promise<number> {
  const ids = await overdueAccounts(store.pool, new Date(now.getTime() - GRACE_MS), AT_ONCE);
  for (const id of ids) await settle(store, id, now);
  return ids.length;
}

async function settle(store: Store, id: string, now: Date): Promise<void> {
  await transact(store.pool, async (sql) => {
    if (!(await lockUnowned(sql, id))) return;
    const before = await readAccountRowWith(sql, id);
    if (!before) return;
    const { state, effects } = step(before, { type: 'due' }, now, 0);
    const after: AccountRow = { ...before, ...state, updatedAt: now };
    await writeStates(sql, [after]);
    const told = effects.flatMap((effect): NewEvent[] =>
      effect.type === 'error'
        ? [
            newEvent(
              'account.error',
              id,
              { message: effect.message, reason: effect.reason, action: effect.action },
              now,
            ),
          ]
        : [],
    );
    const status = { state: toState(after, false), statusNote: after.statusNote };
    await appendEvents(sql, [newEvent('account.status', id, status, now), ...told]);
  });
}
