/**
 * Runs the accounts of one network whose leases this process holds.
 *
 * It lives by its heartbeat. While that is valid it claims accounts that need an owner (`claims.ts`): wanted online, asked
 * for something, or with a deadline that has passed. Each claimed account gets a journal and a supervisor (`owning.ts`). An
 * account that is wanted offline and has nothing to do is given back.
 *
 * - A commit that finds a lease gone concedes that account, and the others go on.
 * - A heartbeat that lapses concedes all of them at once; the worker begins again, owning nothing.
 * - A clean exit ends every session, makes durable what was written, and gives everything back.
 */
import type { Network } from '@trunkline/contracts';
import type { Cancel } from '../../clock/clock.js';
import { Tally } from '../metrics/tally.js';
import { accountWriters } from '../whatsapp/accounts/supervisor/account.writers.js';
import { Committer } from '../whatsapp/sessions/committer.js';
import { Claims } from './claims.js';
import { CommandRuns } from './command.runs.js';
import { Heartbeat } from './heartbeat.js';
import { LeaseWatch } from './lease.watch.js';
import { OutboxLook } from './outbox.look.js';
import { OwnedAccounts } from './owned.accounts.js';
import { Owning } from './owning.js';
import type { WorkerParts } from './worker.parts.js';

const EVERY_MS = 1_000;
/** Ticks between two looks at the outbox of all accounts. */
const OUTBOX_TICKS = 2;
/** Ticks between two looks at whether every account that runs here is ours. */
const LEASE_TICKS = 30;
/** Ticks between two times that what was counted is handed in. */
const TALLY_TICKS = 5;

export class Worker {
  readonly #owned: OwnedAccounts;
  readonly #heartbeat: Heartbeat;
  readonly #committer: Committer;
  readonly #claims: Claims;
  readonly #commands: CommandRuns;
  readonly #leases: LeaseWatch;
  readonly #outbox: OutboxLook;
  readonly #tally: Tally;
  readonly #offs: Cancel[] = [];
  #timer: Cancel | undefined;
  #ticks = 0;

  constructor(private readonly parts: WorkerParts) {
    const { store, clock, identity, log } = parts;
    const owned = (this.#owned = new OwnedAccounts(log));
    this.#tally = new Tally(store.pool, identity.network, clock);
    this.#heartbeat = new Heartbeat(parts.pulse ?? store, identity, clock, {
      begin: () => this.#claims.ask(),
      lapse: () => owned.concedeAll('the heartbeat lapsed'),
    });
    this.#leases = new LeaseWatch(parts, owned);
    this.#outbox = new OutboxLook(parts, owned);
    this.#commands = new CommandRuns(parts, owned);
    this.#committer = this.#newCommitter();
    const valid = () => this.#heartbeat.valid();
    const owning = new Owning({
      ...parts,
      valid,
      dirty: (journal) => this.#committer.dirty(journal),
      slot: () => this.#claims.slot(),
      count: this.#tally.count,
    });
    this.#claims = new Claims(parts, { owned, owning, commands: this.#commands, valid });
  }

  get network(): Network {
    return this.parts.identity.network;
  }

  /** Rejects when the database cannot be reached now. */
  async start(): Promise<void> {
    this.#listen();
    await this.#heartbeat.start();
    this.#tick();
  }

  async stop(): Promise<void> {
    this.#commands.stop();
    this.#timer?.();
    for (const off of this.#offs) off();
    await Promise.all([this.#claims.stop(), this.#outbox.settled(), this.#leases.settled()]);
    await this.#owned.stop();
    this.#committer.stop();
    this.#owned.close();
    await this.#tally.write();
    await this.#heartbeat.stop();
  }

  /** Resolves when everything that was written here so far is durable, or given up. */
  drained(): Promise<void> {
    return this.#owned.drained();
  }

  #listen(): void {
    const { listener } = this.parts;
    const owned = this.#owned;
    this.#offs.push(
      listener.on('commands', (id) => this.#asked(id)),
      listener.on('outbox', (id) => owned.meant(id).forEach(({ supervisor }) => supervisor.wake())),
      listener.on('profiles', (id) => owned.meant(id).forEach(({ supervisor }) => supervisor.lookedAt())),
      listener.on('governor', (id) => owned.meant(id).forEach(({ supervisor }) => supervisor.limitsChanged())),
    );
  }

  /** What nobody owns is claimed first. */
  #asked(accountId: string | undefined): void {
    if (accountId !== undefined && !this.#owned.has(accountId)) return this.#claims.ask();
    void this.#commands.run();
  }

  #tick(): void {
    this.#timer = this.parts.clock.setTimeout(() => {
      for (const { supervisor } of this.#owned.all) supervisor.tick();
      this.#claims.ask();
      if (this.#ticks % TALLY_TICKS === 0) void this.#tally.write();
      if (++this.#ticks % OUTBOX_TICKS === 0) void this.#outbox.look();
      if (this.#ticks % LEASE_TICKS === 0) void this.#leases.look();
      this.#tick();
    }, EVERY_MS);
  }

  #newCommitter(): Committer {
    const { store, identity, vault, clock, notifier, log } = this.parts;
    return new Committer({
      pool: store.pool,
      workerId: identity.id,
      vault,
      writers: accountWriters(vault),
      clock,
      valid: () => this.#heartbeat.valid(),
      lost: (journal) => void this.#leases.found([journal.lease.accountId]),
      committed: () => notifier.wake('unnumbered'),
      parked: (entry, error) =>
        log.error({ error, type: entry.type, accountId: entry.accountId }, 'an entry was parked'),
    });
  }
}
