import type { Diagnostics, Page, TimelineEntry } from '@trunkline/contracts';
import type { Clock } from '../../../../clock/clock.js';
import type { Store } from '../../../../database/database.js';
import { ProblemError } from '../../../../errors/problem.js';
import type { Ctx } from '../../../auth/ctx.js';
import { findAccount } from '../account.repository.js';
import { diagnosticsOf } from './diagnostics.js';
import { readFacts } from './diagnostics.repository.js';
import { timelineOf } from './timeline.js';
import { eventsOf } from './timeline.repository.js';

const IN_DIAGNOSTICS = 100;

export class TimelineService {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    /** Of the product. */
    private readonly version: string,
  ) {}

  async list(ctx: Ctx, id: string, page: { cursor?: string; limit: number }): Promise<Page<TimelineEntry>> {
    await this.#account(ctx, id);
    const { items, nextCursor } = await eventsOf(this.store.pool, ctx, id, page);
    return { items: timelineOf(items), nextCursor };
  }

  async diagnostics(ctx: Ctx, id: string): Promise<Diagnostics> {
    const account = await this.#account(ctx, id);
    const facts = await readFacts(this.store.pool, ctx, account);
    const { items } = await eventsOf(this.store.pool, ctx, id, { limit: IN_DIAGNOSTICS });
    const about = { version: this.version, now: this.clock.now() };
    return { text: diagnosticsOf(about, account, facts, timelineOf(items)) };
  }

  async #account(ctx: Ctx, id: string) {
    const account = await findAccount(this.store.db, ctx, id);
    if (!account) throw new ProblemError('not_found', 'There is no such account.');
    return account;
  }
}
