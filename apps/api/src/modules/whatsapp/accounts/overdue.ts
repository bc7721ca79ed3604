import type { Store } from '../../../database/database.js';
import { transact } from '../../../database/transaction.js';
import { lockUnowned } from '../../cluster/lease.repository.js';
import { appendEvents, newEvent, type NewEvent } from '../events/event.log.repository.js';
import { readAccountRows } from './account.repository.js';
import { type AccountRow, toState } from './account.view.js';
import { type Effect, type Next, step } from './machine/account.machine.js';
import { lapsedAccounts, overdueAccounts } from './overdue.repository.js';
import { writeStates } from './supervisor/account.state.writer.js';

/** Owners act on their deadlines within about a second, and workers claim what is overdue: this is for when there are none. */
const GRACE_MS = 5_000;
const AT_ONCE = 100;

/**
 * Acts on deadlines that passed while nobody owned the account, because its network has no worker. The lease is locked
 * meanwhile, so that no owner begins; as there is no engine, the state and what people are told is all there is to do. Where
 * there is more, the next owner does it. Answers how many.
 */
export async function settleOverdue(store: Store, now: Date): Promise<number> {
  const ids = await overdueAccounts(store.pool, new Date(now.getTime() - GRACE_MS), AT_ONCE);
  for (const id of ids) await settle(store, id, now, (row) => step(row, { type: 'due' }, now, 0));
  return ids.length;
}

/** A device that nobody unlinks stays in the list of a phone, and a session that is not put aside is none any more. */
const NEEDS_OWNER: ReadonlySet<Effect['type']> = new Set(['unlink', 'archive']);

/** What was connected and lost its owner is not connected: pages are told, whether or not another owner comes. */
export async function settleLapsed(store: Store, now: Date): Promise<number> {
  const ids = await lapsedAccounts(store.pool, AT_ONCE);
  for (const id of ids) await settle(store, id, now, (row) => lapse(row, now));
  return ids.length;
}

function lapse(row: AccountRow, now: Date): Next {
  if (row.connection !== 'connected') return { state: row, effects: [] };
  return { state: { ...row, connection: 'reconnecting', since: now, lastDisconnectedAt: now }, effects: [] };
}

async function settle(store: Store, id: string, now: Date, next: (row: AccountRow) => Next): Promise<void> {
  await transact(store.pool, async (sql) => {
    if (!(await lockUnowned(sql, id))) return;
    const [before] = await readAccountRows(sql, [id]);
    if (!before) return;
    const { state, effects } = next(before);
    if (effects.some(({ type }) => NEEDS_OWNER.has(type))) return;
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
