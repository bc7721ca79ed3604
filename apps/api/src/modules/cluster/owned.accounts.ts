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
 * (what was written becomes durable). One that is let go may take a while to say goodbye; until then it is nobody else's.
 */
export class OwnedAccounts {
  readonly #owned = new Map<string, Owned>();
  /** Let go, and not gone yet: nothing is asked of them any more. */
  readonly #leaving = new Map<string, { owned: Owned; gone: Promise<void> }>();

  constructor(private readonly log: Logger) {}

  get ids(): string[] {
    return [...this.#owned.keys()];
  }

  /** Also of those that leave: they must not be claimed anew before they are gone. */
  get heldIds(): string[] {
    return [...this.#owned.keys(), ...this.#leaving.keys()];
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
    const leaving = this.#leaving.get(accountId);
    if (!owned && !leaving) return;
    this.log.warn({ accountId }, `an account was conceded: ${why}`);
    this.#owned.delete(accountId);
    owned?.journal.close();
    leaving?.owned.journal.close();
    await Promise.all([owned?.supervisor.concede(), leaving?.gone]);
  }

  concedeAll(why: string): void {
    for (const accountId of this.heldIds) void this.concede(accountId, why);
  }

  /**
   * Resolves when it is gone.
   * @param release gives its lease back; never rejects
   */
  letGo(owned: Owned, release: () => Promise<void>): Promise<void> {
    const { accountId } = owned.lease;
    // First: a command that comes now is for the next claim, not for a supervisor that is ending.
    this.#owned.delete(accountId);
    const gone = this.#end(owned)
      .then(release)
      .finally(() => this.#leaving.delete(accountId));
    this.#leaving.set(accountId, { owned, gone });
    return gone;
  }

  /** Resolves when everything that was written so far is durable, or given up. */
  async drained(): Promise<void> {
    await Promise.allSettled(this.#held.map(({ journal }) => journal.settled()));
  }

  /** They are not forgotten: until the worker has ended they are its own. */
  async stop(): Promise<void> {
    const leaving = [...this.#leaving.values()].map(({ gone }) => gone);
    await Promise.all([...this.all.map(({ supervisor }) => supervisor.stop()), ...leaving]);
  }

  /** Nothing more of them is written. */
  close(): void {
    for (const { journal } of this.all) journal.close();
  }

  get #held(): Owned[] {
    return [...this.all, ...[...this.#leaving.values()].map(({ owned }) => owned)];
  }

  async #end({ supervisor, journal }: Owned): Promise<void> {
    await supervisor.stop();
    journal.close();
  }
}
