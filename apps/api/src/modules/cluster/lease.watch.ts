import { appendEvents, newEvent, type NewEvent } from '../whatsapp/events/event.log.repository.js';
import { MENDS } from '../whatsapp/health/mends.js';
import { leasesOf } from './lease.repository.js';
import type { OwnedAccounts } from './owned.accounts.js';
import type { WorkerParts } from './worker.parts.js';

/** No engine without a lease: an account that is found without one is conceded, and its events say so. */
export class LeaseWatch {
  #looking: Promise<void> | undefined;

  constructor(
    private readonly worker: Pick<WorkerParts, 'identity' | 'store' | 'clock' | 'notifier' | 'log'>,
    private readonly owned: OwnedAccounts,
  ) {}

  /** A write finds it out too, but an account that only listens writes seldom. Resolves when all were looked at. */
  look(): Promise<void> {
    return (this.#looking ??= this.#look().finally(() => (this.#looking = undefined)));
  }

  /** Resolves when the look that is under way, if any, has ended. */
  async settled(): Promise<void> {
    await this.#looking;
  }

  /** Whoever found it: a write, or the look at all of them. */
  async found(accountIds: readonly string[]): Promise<void> {
    const { store, clock, notifier, log } = this.worker;
    const found = accountIds.filter((id) => this.owned.has(id));
    // Also one that was just being given back: what it has not written is given up.
    for (const id of accountIds) void this.owned.concede(id, 'it ran without a lease');
    if (found.length === 0) return;
    try {
      await appendEvents(
        store.pool,
        found.map((id) => withoutLease(id, clock.now())),
      );
      notifier.wake('unnumbered');
    } catch (error) {
      log.warn({ error }, 'an account without a lease could not be told of');
    }
  }

  async #look(): Promise<void> {
    const { store, identity, log } = this.worker;
    const running = this.owned.all;
    try {
      const ours = await leasesOf(store.pool, identity.id);
      const lost = running.filter(({ lease }) => ours.get(lease.accountId) !== lease.epoch);
      // One that was claimed anew meanwhile has another lease.
      const still = lost.filter((owned) => this.owned.get(owned.lease.accountId) === owned);
      await this.found(still.map(({ lease }) => lease.accountId));
    } catch (error) {
      log.warn({ error }, 'leases could not be checked');
    }
  }
}

function withoutLease(accountId: string, now: Date): NewEvent {
  const { message, mend } = MENDS.engine_without_lease;
  return newEvent('health.finding', accountId, { kind: 'engine_without_lease', message, mend }, now);
}
