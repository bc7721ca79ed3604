import { accountsWithExpired, accountsWithQueue } from '../whatsapp/messages/outbound/outbox.repository.js';
import type { OwnedAccounts } from './owned.accounts.js';
import type { WorkerParts } from './worker.parts.js';

/**
 * Looks at the outbox of all accounts of a worker, in two statements however many they are: for wake-ups that were lost,
 * messages whose time has come, and those whose time has run out.
 */
export class OutboxLook {
  #looking: Promise<void> | undefined;

  constructor(
    private readonly worker: Pick<WorkerParts, 'store' | 'clock' | 'log'>,
    private readonly owned: OwnedAccounts,
  ) {}

  look(): Promise<void> {
    return (this.#looking ??= this.#look().finally(() => (this.#looking = undefined)));
  }

  /** Resolves when the look that is under way, if any, has ended. */
  async settled(): Promise<void> {
    await this.#looking;
  }

  async #look(): Promise<void> {
    const { store, clock, log } = this.worker;
    const { ids, all } = this.owned;
    if (ids.length === 0) return;
    const online = all.filter(({ supervisor }) => supervisor.row.connection === 'connected');
    try {
      const expired = await accountsWithExpired(store.pool, ids, clock.now());
      for (const id of expired) this.owned.get(id)?.supervisor.expireMessages();
      if (online.length === 0) return;
      const onlineIds = online.map(({ lease }) => lease.accountId);
      for (const id of await accountsWithQueue(store.pool, onlineIds)) this.owned.get(id)?.supervisor.wake();
    } catch (error) {
      log.warn({ error }, 'the outbox could not be looked at');
    }
  }
}
