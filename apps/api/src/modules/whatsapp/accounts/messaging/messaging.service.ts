import type { Messaging } from '@trunkline/contracts';
import type { Clock } from '../../../../clock/clock.js';
import type { Store } from '../../../../database/database.js';
import { ProblemError } from '../../../../errors/problem.js';
import type { Ctx } from '../../../auth/ctx.js';
import { readMessaging, seesAccount, writeMessaging } from './messaging.repository.js';

/** How an account behaves towards people: read marks, calls. */
export class MessagingService {
  constructor(
    private readonly store: Pick<Store, 'pool'>,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  async read(ctx: Ctx, accountId: string): Promise<Messaging> {
    await this.#see(ctx, accountId);
    return readMessaging(this.store.pool, ctx, accountId);
  }

  async change(ctx: Ctx, accountId: string, messaging: Messaging): Promise<Messaging> {
    await this.#see(ctx, accountId);
    await writeMessaging(this.store.pool, accountId, messaging, this.clock.now());
    return messaging;
  }

  async #see(ctx: Ctx, accountId: string): Promise<void> {
    if (!(await seesAccount(this.store.pool, ctx, accountId)))
      throw new ProblemError('not_found', 'There is no such account.');
  }
}
