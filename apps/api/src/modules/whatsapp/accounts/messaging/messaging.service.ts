import type { Messaging } from '@trunkline/contracts';
import type { Clock } from '../../../../clock/clock.js';
import type { Store } from '../../../../database/database.js';
import { transact } from '../../../../database/transaction.js';
import { ProblemError } from '../../../../errors/problem.js';
import type { Ctx } from '../../../auth/ctx.js';
import type { Notifier } from '../../../cluster/notifier.repository.js';
import { appendEvents, newEvent } from '../../events/event.log.repository.js';
import { readMessaging, seesAccount, writeMessaging } from './messaging.repository.js';

/** How an account behaves towards people: read marks, calls, how long messages are kept. */
export class MessagingService {
  constructor(
    private readonly store: Pick<Store, 'pool'>,
    private readonly clock: Pick<Clock, 'now'>,
    private readonly notifier: Pick<Notifier, 'wake'>,
  ) {}

  async read(ctx: Ctx, accountId: string): Promise<Messaging> {
    await this.#see(ctx, accountId);
    return readMessaging(this.store.pool, ctx, accountId);
  }

  async change(ctx: Ctx, accountId: string, messaging: Messaging): Promise<Messaging> {
    await this.#see(ctx, accountId);
    const now = this.clock.now();
    await transact(this.store.pool, async (sql) => {
      await writeMessaging(sql, accountId, messaging, now);
      await appendEvents(sql, [newEvent('account.messaging', accountId, { messaging, by: ctx.actor.name }, now)]);
    });
    this.notifier.wake('unnumbered');
    return messaging;
  }

  async #see(ctx: Ctx, accountId: string): Promise<void> {
    if (!(await seesAccount(this.store.pool, ctx, accountId)))
      throw new ProblemError('not_found', 'There is no such account.');
  }
}
