/**
 * Runs the accounts of one network whose leases this process holds.
 *
 * It lives by its heartbeat. While that is valid it claims, about once a second and whenever it is woken, accounts that
 * need an owner: wanted online, asked for something, or with a deadline that has passed. Each claimed account gets a
 * journal and a supervisor. An account that is wanted offline and has nothing to do is given back.
 *
 * - A commit that finds a lease gone concedes that account, and the others go on.
 * - A heartbeat that lapses concedes all of them at once; the worker begins again, owning nothing.
 * - A clean exit ends every session, makes durable what was written, and gives everything back.
 */
import type { Network } from '@trunkline/contracts';
import type { Logger } from 'pino';
import type { Cancel, Clock } from '../../clock/clock.js';
import { Rounds } from '../../clock/rounds.js';
import type { Store } from '../../database/database.js';
import { AccountGovernor } from '../governor/account.governor.js';
import { readHolds } from '../governor/hold.repository.js';
import type { KnownHold } from '../governor/holds.js';
import { readAccountRows } from '../whatsapp/accounts/account.repository.js';
import { Tally } from '../metrics/tally.js';
import type { AccountRow } from '../whatsapp/accounts/account.view.js';
import { AccountLines } from '../whatsapp/proxies/account.lines.js';
import { isExpired } from '../whatsapp/sessions/expiry.js';
import { answerCall } from '../whatsapp/calls/call.answer.js';
import { passOn } from '../whatsapp/gateway/ephemeral.js';
import { AccountSupervisor } from '../whatsapp/accounts/supervisor/account.supervisor.js';
import { accountWriters } from '../whatsapp/accounts/supervisor/account.writers.js';
import type { InspectCreds } from '../whatsapp/accounts/supervisor/parts.js';
import type { Endpoint, Engine } from '../whatsapp/engines/engine.js';
import type { ClientVersions } from '../whatsapp/engines/version/client.versions.js';
import { appendEvents, newEvent, type NewEvent } from '../whatsapp/events/event.log.repository.js';
import { MENDS } from '../whatsapp/health/mends.js';
import { OutboxDesk } from '../whatsapp/messages/outbound/outbox.desk.js';
import { accountsWithExpired, accountsWithQueue } from '../whatsapp/messages/outbound/outbox.repository.js';
import type { MediaDesk } from '../whatsapp/media/media.desk.js';
import { ProfileDesk } from '../whatsapp/profiles/profile.desk.js';
import { TransferDesk } from '../whatsapp/media/transfers/transfer.desk.js';
import type { PreviewMaker } from '../whatsapp/previews/preview.maker.js';
import { mendRecord } from '../whatsapp/sessions/broken.record.js';
import { AccountJournal } from '../whatsapp/sessions/account.journal.js';
import { Committer } from '../whatsapp/sessions/committer.js';
import { RecordCache } from '../whatsapp/sessions/record.cache.js';
import { RecordReader } from '../whatsapp/sessions/record.reader.js';
import type { Vault } from '../whatsapp/sessions/vault.js';
import type { Command, CommandAnswer } from './commands/command.js';
import { openCommands } from './commands/command.repository.js';
import { Heartbeat } from './heartbeat.js';
import { claimLeases, type Lease, leasesOf, releaseLease } from './lease.repository.js';
import type { Listener } from './listener.repository.js';
import type { Notifier } from './notifier.repository.js';
import { Places } from './places.js';
import type { WorkerIdentity } from './worker.repository.js';

/** Accounts claimed by one statement; the next follows at once when there were so many. */
const BATCH = 50;
const EVERY_MS = 1_000;
/** Ticks between two looks at the outbox of all accounts, for wake-ups that were lost and messages whose time has come. */
const OUTBOX_TICKS = 2;
/** Ticks between two looks at whether every account that runs here is ours. */
const LEASE_TICKS = 30;
/** Ticks between two times that what was counted is handed in. */
const TALLY_TICKS = 5;
/**
 * Claimed ahead of the logins under way: a worker takes no more than it can begin, so that several that start together
 * share what there is.
 */
const AHEAD = 32;
/**
 * So long after its start a worker leaves to those that start with it what is theirs, though they may not live yet; then it
 * takes what nobody came for.
 */
const STARTING_MS = 5_000;
/** Fewer that wait than this, and more are claimed: many with one statement, and not one for each that is done. */
const FEW = 8;
/** Logins under way at once: each costs some 20 ms of CPU and two rounds to the server. */
const LOGINS = 16;

export interface WorkerParts {
  identity: WorkerIdentity;
  store: Store;
  /** The heartbeat's own connection, so that a busy pool cannot hold it up; undefined: it uses the others'. */
  pulse?: Store;
  listener: Listener;
  notifier: Notifier;
  vault: Vault;
  media: MediaDesk;
  previews: PreviewMaker;
  engine: Engine;
  inspect: InspectCreds;
  endpoint: Endpoint;
  versions: ClientVersions;
  clock: Clock;
  log: Logger;
  /** How many of the network this installation starts; 1 when undefined. */
  workers?: number;
}

interface Owned {
  lease: Lease;
  journal: AccountJournal;
  supervisor: AccountSupervisor;
  /** Commands under way, by id: one that is seen again is not begun twice. */
  running: Set<string>;
}

export class Worker {
  readonly #owned = new Map<string, Owned>();
  readonly #heartbeat: Heartbeat;
  readonly #committer: Committer;
  readonly #cache = new RecordCache();
  readonly #reader: RecordReader;
  readonly #desk: OutboxDesk;
  readonly #transfers: TransferDesk;
  readonly #profiles: ProfileDesk;
  readonly #lines: AccountLines;
  readonly #places = new Places(LOGINS, () => this.#placeFree());
  /** The last claim found fewer than it would have taken: the next tick looks again. */
  #nothingLeft = false;
  readonly #offs: Cancel[] = [];
  readonly #tally: Tally;
  #timer: Cancel | undefined;
  #ticks = 0;
  #looking: Promise<void> | undefined;
  #checking: Promise<void> | undefined;
  readonly #claims = new Rounds(() => this.#claim());
  #stopped = false;
  readonly #startedAt: number;

  constructor(private readonly parts: WorkerParts) {
    const { store, clock, identity, vault, log, notifier } = parts;
    this.#startedAt = clock.monotonic();
    this.#tally = new Tally(store.pool, identity.network, clock);
    this.#heartbeat = new Heartbeat(parts.pulse ?? store, identity, clock, {
      begin: () => this.#claims.ask(),
      lapse: () => this.#concedeAll('the heartbeat lapsed'),
    });
    this.#reader = new RecordReader(store.pool);
    this.#desk = new OutboxDesk(store.pool, clock);
    this.#transfers = new TransferDesk(store.pool, clock);
    this.#profiles = new ProfileDesk(store.pool, clock);
    this.#lines = new AccountLines(store.pool, vault);
    this.#committer = new Committer({
      pool: store.pool,
      workerId: identity.id,
      vault,
      writers: accountWriters(vault),
      clock,
      valid: () => this.#heartbeat.valid(),
      lost: (journal) => void this.#foundWithoutLease([journal.lease.accountId]),
      committed: () => notifier.wake('unnumbered'),
      parked: (entry, error) =>
        log.error({ error, type: entry.type, accountId: entry.accountId }, 'an entry was parked'),
    });
  }

  get network(): Network {
    return this.parts.identity.network;
  }

  /** Rejects when the database cannot be reached now. */
  async start(): Promise<void> {
    const { listener } = this.parts;
    this.#offs.push(listener.on('commands', (id) => this.#asked(id)));
    this.#offs.push(listener.on('outbox', (id) => this.#queued(id)));
    this.#offs.push(listener.on('profiles', (id) => this.#lookedAt(id)));
    this.#offs.push(listener.on('governor', (id) => this.#limitsChanged(id)));
    await this.#heartbeat.start();
    this.#tick();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#timer?.();
    for (const off of this.#offs) off();
    await Promise.all([this.#claims.stop(), this.#looking, this.#checking]);
    await Promise.all([...this.#owned.values()].map((owned) => owned.supervisor.stop()));
    this.#committer.stop();
    for (const owned of this.#owned.values()) owned.journal.close();
    await this.#tally.write();
    await this.#heartbeat.stop();
  }

  /** Resolves when everything that was written here so far is durable, or given up. */
  async drained(): Promise<void> {
    await Promise.allSettled([...this.#owned.values()].map(({ journal }) => journal.settled()));
  }

  #tick(): void {
    this.#timer = this.parts.clock.setTimeout(() => {
      for (const owned of this.#owned.values()) owned.supervisor.tick();
      this.#claims.ask();
      if (this.#ticks % TALLY_TICKS === 0) void this.#tally.write();
      if (++this.#ticks % OUTBOX_TICKS === 0) {
        this.#looking ??= this.#lookForMessages().finally(() => (this.#looking = undefined));
      }
      if (this.#ticks % LEASE_TICKS === 0) {
        this.#checking ??= this.#checkLeases().finally(() => (this.#checking = undefined));
      }
      this.#tick();
    }, EVERY_MS);
  }

  /** No engine without a lease: a write finds it out, and an account that only listens writes seldom. */
  async #checkLeases(): Promise<void> {
    const { store, identity, log } = this.parts;
    const running = [...this.#owned];
    try {
      const ours = await leasesOf(store.pool, identity.id);
      const lost = running.filter(([id, { lease }]) => ours.get(id) !== lease.epoch);
      const still = lost.filter(([id, owned]) => this.#owned.get(id) === owned);
      await this.#foundWithoutLease(still.map(([id]) => id));
    } catch (error) {
      log.warn({ error }, 'leases could not be checked');
    }
  }

  /** Whoever finds it, a write or the look at the leases: the engine stops, and the account's events say so. */
  async #foundWithoutLease(accountIds: readonly string[]): Promise<void> {
    const { store, clock, notifier, log } = this.parts;
    const found = accountIds.filter((id) => this.#owned.has(id));
    if (found.length === 0) return;
    for (const id of found) void this.#concede(id, 'it ran without a lease');
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

  async #lookForMessages(): Promise<void> {
    const { store, clock, log } = this.parts;
    const owned = [...this.#owned.keys()];
    const online = owned.filter((id) => this.#owned.get(id)?.supervisor.row.connection === 'connected');
    if (owned.length === 0) return;
    try {
      const expired = await accountsWithExpired(store.pool, owned, clock.now());
      for (const id of expired) this.#owned.get(id)?.supervisor.expireMessages();
      if (online.length === 0) return;
      for (const id of await accountsWithQueue(store.pool, online)) this.#owned.get(id)?.supervisor.wake();
    } catch (error) {
      log.warn({ error }, 'the outbox could not be looked at');
    }
  }

  #asked(accountId: string | undefined): void {
    if (accountId !== undefined && !this.#owned.has(accountId)) return this.#claims.ask();
    void this.#runCommands();
  }

  #queued(accountId: string | undefined): void {
    const woken = accountId === undefined ? [...this.#owned.values()] : [this.#owned.get(accountId)];
    for (const owned of woken) owned?.supervisor.wake();
  }

  #lookedAt(accountId: string | undefined): void {
    const woken = accountId === undefined ? [...this.#owned.values()] : [this.#owned.get(accountId)];
    for (const owned of woken) owned?.supervisor.lookedAt();
  }

  #limitsChanged(accountId: string | undefined): void {
    const changed = accountId === undefined ? [...this.#owned.values()] : [this.#owned.get(accountId)];
    for (const owned of changed) owned?.supervisor.limitsChanged();
  }

  async #claim(): Promise<boolean> {
    if (!this.#heartbeat.valid()) return false;
    const { store, identity, clock, log } = this.parts;
    const running = [...this.#owned.keys()];
    const logins = Math.max(0, AHEAD - this.#places.waiting);
    const starting = clock.monotonic() - this.#startedAt < STARTING_MS;
    const workers = starting ? this.parts.workers : 1;
    const bounds = { now: clock.now(), limit: BATCH, logins, running, workers };
    try {
      const leases = await claimLeases(store.pool, identity.id, this.network, bounds);
      this.#nothingLeft = leases.length < Math.min(BATCH, logins);
      await this.#takeAll(leases);
      await this.#runCommands();
      await this.#giveBack();
      return leases.length === BATCH;
    } catch (error) {
      log.warn({ error }, 'accounts could not be claimed');
      return false;
    }
  }

  #placeFree(): void {
    if (!this.#nothingLeft && this.#places.waiting < FEW) this.#claims.ask();
  }

  async #takeAll(leases: readonly Lease[]): Promise<void> {
    const { pool } = this.parts.store;
    const ids = leases.map(({ accountId }) => accountId);
    if (ids.length === 0) return;
    // Rejected for each of them: then each is given back.
    const known = Promise.all([readAccountRows(pool, ids), readHolds(pool, ids)]);
    await Promise.all(leases.map((lease) => this.#take(lease, known)));
  }

  /** One that cannot be taken is given back, and stops no other. */
  async #take(lease: Lease, known: Promise<[AccountRow[], Map<string, KnownHold[]>]>): Promise<void> {
    try {
      const [rows, holds] = await known;
      const row = rows.find(({ id }) => id === lease.accountId);
      if (!row) return;
      const expired = await isExpired(this.parts.store.pool, row, this.parts.clock.now());
      if (!this.#heartbeat.valid()) return;
      await this.#concede(lease.accountId, 'it was claimed anew');
      const owned = this.#own(lease, row, holds.get(row.id) ?? []);
      this.#owned.set(lease.accountId, owned);
      owned.supervisor.start(expired);
    } catch (error) {
      this.parts.log.error({ error, accountId: lease.accountId }, 'an account could not be taken over');
      await releaseLease(this.parts.store.pool, this.parts.identity.id, lease);
    }
  }

  #own(lease: Lease, row: AccountRow, holds: readonly KnownHold[]): Owned {
    const { store, engine, inspect, endpoint, versions, vault, media, previews, clock, log, notifier } = this.parts;
    const journal = new AccountJournal(lease, row.network, {
      vault,
      cache: this.#cache,
      mend: (key, sealed) => mendRecord(store.pool, vault, key, sealed),
      reader: this.#reader,
      dirty: (changed) => this.#committer.dirty(changed),
      valid: () => this.#heartbeat.valid(),
    });
    const governor = new AccountGovernor({
      accountId: row.id,
      holds,
      sql: store.pool,
      clock,
      write: (type, data) => journal.write(type, data),
      random: Math.random,
    });
    const supervisor: AccountSupervisor = new AccountSupervisor({
      row,
      journal,
      engine,
      inspect,
      endpoint,
      lines: this.#lines,
      versions,
      store,
      vault,
      media,
      previews,
      clock,
      log: log.child({ accountId: row.id }),
      count: this.#tally.count,
      slot: () => this.#places.take(),
      governor,
      desk: this.#desk,
      transfers: this.#transfers,
      profiles: this.#profiles,
      tell: passOn(notifier),
      called: (accountId, call, session) => answerCall({ store, clock, notifier }, accountId, call, session),
    });
    return { lease, journal, supervisor, running: new Set() };
  }

  async #runCommands(): Promise<void> {
    const { store, clock, log } = this.parts;
    if (this.#owned.size === 0) return;
    try {
      const commands = await openCommands(store.pool, [...this.#owned.keys()], clock.now());
      for (const command of commands) this.#begin(command);
    } catch (error) {
      log.warn({ error }, 'commands could not be read');
    }
  }

  /** A command whose owner loses the lease stays open: the next owner runs it. */
  #begin(command: Command): void {
    const { notifier, log } = this.parts;
    const owned = this.#owned.get(command.accountId);
    if (this.#stopped || !owned || owned.running.has(command.id)) return;
    owned.running.add(command.id);
    owned.supervisor
      .run(command)
      .then((answer) => this.#answer(owned, { id: command.id, answer }))
      .then(() => notifier.wake('answers', command.id))
      .catch((error) => log.warn({ error, verb: command.verb }, 'a command was not answered'))
      .finally(() => owned.running.delete(command.id));
  }

  /** Durable with what the command changed, or neither. Rejects when the lease is lost: who does not own it answers nothing. */
  #answer({ journal }: Owned, answer: CommandAnswer): Promise<void> {
    journal.write('answer', answer);
    return journal.settled();
  }

  async #giveBack(): Promise<void> {
    for (const [accountId, owned] of this.#owned) {
      if (owned.running.size > 0 || !owned.supervisor.idle) continue;
      // First: a command that comes now is for the next claim, not for a supervisor that is ending.
      this.#owned.delete(accountId);
      await owned.supervisor.stop();
      owned.journal.close();
      await releaseLease(this.parts.store.pool, this.parts.identity.id, owned.lease);
    }
  }

  /** Resolves when the engine of the account has ended, if there was one. */
  async #concede(accountId: string, why: string): Promise<void> {
    const owned = this.#owned.get(accountId);
    if (!owned) return;
    this.parts.log.warn({ accountId }, `an account was conceded: ${why}`);
    this.#owned.delete(accountId);
    owned.journal.close();
    await owned.supervisor.concede();
  }

  #concedeAll(why: string): void {
    for (const accountId of [...this.#owned.keys()]) void this.#concede(accountId, why);
  }
}

function withoutLease(accountId: string, now: Date): NewEvent {
  const { message, mend } = MENDS.engine_without_lease;
  return newEvent('health.finding', accountId, { kind: 'engine_without_lease', message, mend }, now);
}
