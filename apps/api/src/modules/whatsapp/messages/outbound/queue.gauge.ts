import type { Clock } from '../../../../clock/clock.js';
import type { Sql } from '../../../../database/database.js';
import { countQueue } from './queue.repository.js';

/** Messages of one account that have not left yet, at most. More are refused with `queue_full`, and not kept in memory. */
const QUEUE_LIMIT = 200_000;
const FRESH_MS = 10_000;
const MOST = 10_000;

/**
 * How much room the queue of an account has. Counting is not free when much waits, so a count serves for a while: until ten
 * seconds have passed, or so much was accepted since that the limit is no longer far away.
 */
export class QueueGauge {
  readonly #counts = new Map<string, { count: number; at: number; accepted: number }>();

  constructor(
    private readonly clock: Pick<Clock, 'monotonic'>,
    readonly limit = QUEUE_LIMIT,
  ) {}

  /** Counts anew where that is due. Call before `room`. */
  async look(sql: Sql, accountIds: readonly string[]): Promise<void> {
    const stale = [...new Set(accountIds)].filter((id) => !this.#isFresh(id));
    if (stale.length === 0) return;
    const counts = await countQueue(sql, stale, this.limit);
    if (this.#counts.size > MOST) this.#counts.clear();
    for (const id of stale)
      this.#counts.set(id, { count: counts.get(id) ?? 0, at: this.clock.monotonic(), accepted: 0 });
  }

  room(accountId: string): number {
    const known = this.#counts.get(accountId);
    return known ? Math.max(0, this.limit - known.count - known.accepted) : this.limit;
  }

  accepted(accountId: string): void {
    const known = this.#counts.get(accountId);
    if (known) known.accepted += 1;
  }

  #isFresh(id: string): boolean {
    const known = this.#counts.get(id);
    if (!known || this.clock.monotonic() - known.at > FRESH_MS) return false;
    return known.accepted < Math.max(1, (this.limit - known.count) / 10);
  }
}
