/**
 * Claims accounts for a worker that need an owner, and gives back those that want nothing. It works in rounds, about once a
 * second and whenever somebody asks: what can be claimed is claimed, what is asked of the accounts is begun, who is idle is
 * released.
 *
 * Each account that is wanted online is a login, and only so many are made at once: no more are claimed than can soon begin,
 * so that several workers that start together share what there is.
 */
import { Rounds } from '../../clock/rounds.js';
import { readHolds } from '../governor/hold.repository.js';
import type { KnownHold } from '../governor/holds.js';
import { readAccountRows } from '../whatsapp/accounts/account.repository.js';
import type { AccountRow } from '../whatsapp/accounts/account.view.js';
import { isExpired } from '../whatsapp/sessions/expiry.js';
import type { CommandRuns } from './command.runs.js';
import { claimLeases, type Lease, releaseLease } from './lease.repository.js';
import type { OwnedAccounts } from './owned.accounts.js';
import type { Owning } from './owning.js';
import { LoginPace } from './login.pace.js';
import type { WorkerParts } from './worker.parts.js';

/** Accounts claimed by one statement; the next follows at once when there were so many. */
const BATCH = 50;
/** Claimed ahead of the logins under way. */
const AHEAD = 32;
/** Fewer that wait than this, and more are claimed: many with one statement, and not one for each that is done. */
const FEW = 8;
/**
 * So long after its start a worker leaves to those that start with it what is theirs, though they may not live yet; then it
 * takes what nobody came for.
 */
const STARTING_MS = 5_000;

export interface ClaimParts {
  owned: OwnedAccounts;
  owning: Pick<Owning, 'own'>;
  commands: Pick<CommandRuns, 'run'>;
  /** The heartbeat holds, by our own clock. */
  valid(): boolean;
}

/** What is read of many accounts at once, before any of them is run. */
type Known = [AccountRow[], Map<string, KnownHold[]>];

export class Claims {
  readonly #rounds = new Rounds(() => this.#claim());
  readonly #pace: LoginPace;
  /** The last claim found fewer than it would have taken: the next tick looks again. */
  #nothingLeft = false;
  readonly #startedAt: number;

  constructor(
    private readonly worker: Pick<WorkerParts, 'identity' | 'store' | 'workers' | 'clock' | 'log'>,
    private readonly parts: ClaimParts,
  ) {
    this.#startedAt = worker.clock.monotonic();
    this.#pace = new LoginPace(worker.clock, () => this.#placeFree());
  }

  ask(): void {
    this.#rounds.ask();
  }

  stop(): Promise<void> {
    this.#pace.stop();
    return this.#rounds.stop();
  }

  /** Resolves with a place for a login, and with what gives it back. */
  slot(): Promise<() => void> {
    return this.#pace.begin();
  }

  async #claim(): Promise<boolean> {
    if (!this.parts.valid()) return false;
    try {
      const leases = await this.#claimLeases();
      await this.#takeAll(leases);
      await this.parts.commands.run();
      this.#giveBack();
      return leases.length === BATCH;
    } catch (error) {
      this.worker.log.warn({ error }, 'accounts could not be claimed');
      return false;
    }
  }

  async #claimLeases(): Promise<Lease[]> {
    const { identity, store, clock, workers } = this.worker;
    const logins = Math.max(0, AHEAD - this.#pace.waiting);
    const leases = await claimLeases(store.pool, identity.id, identity.network, {
      now: clock.now(),
      limit: BATCH,
      logins,
      running: this.parts.owned.heldIds,
      workers: clock.monotonic() - this.#startedAt < STARTING_MS ? workers : 1,
    });
    this.#nothingLeft = leases.length < Math.min(BATCH, logins);
    return leases;
  }

  #placeFree(): void {
    if (!this.#nothingLeft && this.#pace.waiting < FEW) this.#rounds.ask();
  }

  async #takeAll(leases: readonly Lease[]): Promise<void> {
    const { pool } = this.worker.store;
    const ids = leases.map(({ accountId }) => accountId);
    if (ids.length === 0) return;
    // Rejected for each of them: then each is given back.
    const known = Promise.all([readAccountRows(pool, ids), readHolds(pool, ids)]);
    await Promise.all(leases.map((lease) => this.#take(lease, known)));
  }

  /** One that cannot be taken is given back, and stops no other. */
  async #take(lease: Lease, known: Promise<Known>): Promise<void> {
    const { store, clock, identity, log } = this.worker;
    const { owned, owning, valid } = this.parts;
    try {
      const [rows, holds] = await known;
      const row = rows.find(({ id }) => id === lease.accountId);
      if (!row) return;
      const expired = await isExpired(store.pool, row, clock.now());
      if (!valid()) return;
      await owned.concede(lease.accountId, 'it was claimed anew');
      const taken = owning.own(lease, row, holds.get(row.id) ?? []);
      owned.add(taken);
      taken.supervisor.start(expired);
    } catch (error) {
      log.error({ error, accountId: lease.accountId }, 'an account could not be taken over');
      await releaseLease(store.pool, identity.id, lease);
    }
  }

  /** Nobody waits for one that says goodbye to a server that does not answer; what it is asked meanwhile is for the next claim. */
  #giveBack(): void {
    const { owned } = this.parts;
    for (const one of owned.all) {
      if (one.running.size > 0 || !one.supervisor.idle) continue;
      void owned.letGo(one, () => this.#release(one.lease)).then(() => this.#rounds.ask());
    }
  }

  async #release(lease: Lease): Promise<void> {
    const { store, identity, log } = this.worker;
    await releaseLease(store.pool, identity.id, lease).catch((error) =>
      log.warn({ error, accountId: lease.accountId }, 'an account could not be given back'),
    );
  }
}
