import type { Logger } from 'pino';
import type { AccountSupervisor } from '../whatsapp/accounts/supervisor/account.supervisor.js';
import type { AccountJournal } from '../whatsapp/sessions/account.journal.js';
import type { Lease } from './lease.repository.js';

/** An account that this worker runs. */
export interface Owned {
  lease: Lease;
  journal: AccountJournal;
  supervisor: AccountSupervisor;
  /** Commands under way, by id: one that is seen again is not begun twice. */
  running: Set<string>;
}

/**
 * The accounts that this worker runs, by id, from the claim until they end in one of three ways: *conceded* when the lease
 * is another's or nobody's (at once, nothing more is written), *let go* when they want nothing, or *stopped* with the worker
 * (what was written becomes durable).
 */
export class OwnedAccounts {
  readonly #owned = new Map<string, Owned>();

  constructor(private readonly log: Logger) {}

  get ids(): string[] {
    return [...this.#owned.keys()];
  }

  get all(): Owned[] {
    return [...this.#owned.values()];
  }

  get(accountId: string): Owned | undefined {
    return this.#owned.get(accountId);
  }

  has(accountId: string): boolean {
    return this.#owned.has(accountId);
  }

  /** Whom a wake-up means: one that names nobody means all. */
  meant(accountId: string | undefined): Owned[] {
    if (accountId === undefined) return this.all;
    const owned = this.#owned.get(accountId);
    return owned ? [owned] : [];
  }

  add(owned: Owned): void {
    this.#owned.set(owned.lease.accountId, owned);
  }

  /** Resolves when the engine of the account has ended, if there was one. */
  async concede(accountId: string, why: string): Promise<void> {
    const owned = this.#owned.get(accountId);
    if (!owned) return;
    this.log.warn({ accountId }, `an account was conceded: ${why}`);
    this.#owned.delete(accountId);
    owned.journal.close();
    await owned.supervisor.concede();
  }

  concedeAll(why: string): void {
    for (const accountId of this.ids) void this.concede(accountId, why);
  }

  /** Resolves when its lease may be released. */
  async letGo({ lease, supervisor, journal }: Owned): Promise<void> {
    // First: a command that comes now is for the next claim, not for a supervisor that is ending.
    this.#owned.delete(lease.accountId);
    await supervisor.stop();
    journal.close();
  }

  /** Resolves when everything that was written so far is durable, or given up. */
  async drained(): Promise<void> {
    await Promise.allSettled(this.all.map(({ journal }) => journal.settled()));
  }

  /** They are not forgotten: until the worker has ended they are its own. */
  async stop(): Promise<void> {
    await Promise.all(this.all.map(({ supervisor }) => supervisor.stop()));
  }

  /** Nothing more of them is written. */
  close(): void {
    for (const { journal } of this.all) journal.close();
  }
}
