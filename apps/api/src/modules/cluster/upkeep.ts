import type { Logger } from 'pino';
import type { Cancel, Clock } from '../../clock/clock.js';
import type { Store } from '../../database/database.js';
import { transact } from '../../database/transaction.js';
import { forgetSends } from '../governor/send.repository.js';
import { settleLapsed, settleOverdue } from '../whatsapp/accounts/overdue.js';
import { deleteExpiredSecrets } from '../whatsapp/events/secret.repository.js';
import type { HealthCheck } from '../whatsapp/health/health.check.js';
import { deleteOldTraces } from '../whatsapp/accounts/trace.repository.js';
import { deleteOldRuns } from '../whatsapp/health/run.repository.js';
import { expireMessages } from '../whatsapp/messages/expiry.repository.js';
import { removeOldMessages } from '../whatsapp/messages/retention.repository.js';
import { forgetIdempotencyKeys } from '../whatsapp/messages/outbound/idempotency.repository.js';
import { expireUnowned, ripen } from '../whatsapp/messages/outbound/outbox.upkeep.js';
import { settleSilent } from '../whatsapp/messages/outbound/silent.repository.js';
import { deleteOldGenerations } from '../whatsapp/sessions/generation.repository.js';
import { deleteDeadReaders } from '../whatsapp/sessions/keys/key.repository.js';
import { RECORD_LIFE_DAYS, type RecordKind } from '../whatsapp/sessions/journal.js';
import { deleteOldRecords } from '../whatsapp/sessions/record.repository.js';
import { snapshotDaily } from '../whatsapp/sessions/snapshots.js';
import type { Vault } from '../whatsapp/sessions/vault.js';
import { deleteOldCommands } from './commands/command.repository.js';
import { Duty } from './duties.js';
import { livedDaysAgo, noteLived } from './lived.repository.js';
import type { MediaLibrary } from '../whatsapp/media/files/library.js';
import { deleteOldPosts } from '../whatsapp/posts/post.repository.js';
import { retainMedia } from '../whatsapp/media/retention.js';
import type { Notifier } from './notifier.repository.js';
import { deleteDeadWorkers } from './worker.repository.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const COMMANDS_KEPT_MS = DAY;

export interface UpkeepParts {
  store: Store;
  vault: Vault;
  notifier: Notifier;
  health: HealthCheck;
  library: MediaLibrary;
  clock: Clock;
  log: Pick<Logger, 'warn'>;
}

interface Chore {
  everyMs: number;
  /** Answers how many things people are to be told of, if any. */
  run(parts: UpkeepParts, now: Date): Promise<number | void>;
}

/** What must be done now and then, whoever is there. Each is a statement or a few, and harmless when two processes do it. */
const CHORES: Record<string, Chore> = {
  'hours that were lived': { everyMs: 10 * MINUTE, run: ({ store }, now) => noteLived(store.pool, now) },
  'deadlines without an owner': { everyMs: 2 * SECOND, run: ({ store }, now) => settleOverdue(store, now) },
  'connections without an owner': { everyMs: 2 * SECOND, run: ({ store }, now) => settleLapsed(store, now) },
  'health check': { everyMs: 5 * SECOND, run: ({ health }, now) => health.step(now) },
  'messages whose time has come': { everyMs: SECOND, run: (parts, now) => ripen(parts, now) },
  'messages that ran out without an owner': { everyMs: 5 * SECOND, run: ({ store }, now) => expireUnowned(store, now) },
  'messages that nobody sends again': { everyMs: MINUTE, run: ({ store }, now) => settleSilent(store.pool, now) },
  'secrets that ran out': { everyMs: MINUTE, run: ({ store }, now) => deleteExpiredSecrets(store.pool, now) },
  'old commands': {
    everyMs: 10 * MINUTE,
    run: ({ store }, now) => deleteOldCommands(store.pool, new Date(now.getTime() - COMMANDS_KEPT_MS)),
  },
  'messages that disappear': {
    everyMs: 10_000,
    run: ({ store }, now) => transact(store.pool, (sql) => expireMessages(sql, now)),
  },
  'messages that were kept long enough': { everyMs: HOUR, run: ({ store }, now) => retainMessages(store, now) },
  'posts that are over': { everyMs: MINUTE, run: ({ store }, now) => deleteOldPosts(store, now) },
  'old sends': { everyMs: HOUR, run: ({ store }) => forgetSends(store.pool) },
  'old idempotency keys': { everyMs: HOUR, run: ({ store }, now) => forgetIdempotencyKeys(store.pool, now) },
  'daily copies of sessions': {
    everyMs: 10 * MINUTE,
    run: ({ store, vault }, now) => snapshotDaily(store, vault, now),
  },
  'old generations of sessions': { everyMs: HOUR, run: ({ store }, now) => deleteOldGenerations(store.pool, now) },
  'old health runs': { everyMs: HOUR, run: ({ store }, now) => deleteOldRuns(store.pool, now) },
  'old traces': { everyMs: HOUR, run: ({ store }, now) => deleteOldTraces(store.pool, now) },
  'dead workers': { everyMs: HOUR, run: ({ store }) => deleteDeadWorkers(store.pool) },
  'readers of keys that are gone': { everyMs: HOUR, run: ({ store }) => deleteDeadReaders(store.pool) },
  'files of media': { everyMs: 10 * MINUTE, run: ({ store, library }, now) => retainMedia(store, library, now) },
  'old records': { everyMs: HOUR, run: ({ store }, now) => sweepRecords(store, now) },
};

/** A part at a time, each with its own commit. */
async function retainMessages({ pool }: Store, now: Date): Promise<number> {
  let all = 0;
  let after: string | undefined;
  do {
    const { removed, next } = await transact(pool, (sql) => removeOldMessages(sql, now, after));
    all += removed;
    after = next;
  } while (after !== undefined);
  return all;
}

async function sweepRecords({ pool }: Store, now: Date): Promise<void> {
  for (const [kind, days] of Object.entries(RECORD_LIFE_DAYS) as [RecordKind, number][]) {
    const before = await livedDaysAgo(pool, days, now);
    if (before) await deleteOldRecords(pool, kind, before);
  }
}

/** Runs the chores, on one process of the installation at a time; a chore that fails is tried at its next turn. */
export class Upkeep {
  readonly #duty: Duty;
  readonly #timers = new Map<string, Cancel>();
  /** Under way, by name: a chore that is slow does not overtake itself. */
  readonly #running = new Map<string, Promise<void>>();
  #stopped = false;

  constructor(private readonly parts: UpkeepParts) {
    this.#duty = new Duty(parts.store, 'sweeper', parts.clock, () => this.#all());
    this.#duty.start();
    for (const name of Object.keys(CHORES)) this.#later(name);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const cancel of this.#timers.values()) cancel();
    await Promise.all(this.#running.values());
    await this.#duty.stop();
  }

  /** Whoever takes the duty over does not know when each was done last. */
  #all(): void {
    for (const name of Object.keys(CHORES)) this.#do(name);
  }

  #later(name: string): void {
    const cancel = this.parts.clock.setTimeout(() => {
      this.#do(name);
      this.#later(name);
    }, CHORES[name]!.everyMs);
    this.#timers.set(name, cancel);
  }

  #do(name: string): void {
    if (this.#stopped || !this.#duty.held || this.#running.has(name)) return;
    const running = this.#run(name).finally(() => this.#running.delete(name));
    this.#running.set(name, running);
  }

  async #run(name: string): Promise<void> {
    const { clock, notifier, log } = this.parts;
    try {
      if (await CHORES[name]!.run(this.parts, clock.now())) notifier.wake('unnumbered');
    } catch (error) {
      log.warn({ error }, `upkeep: ${name}`);
    }
  }
}

export const startUpkeep = (parts: UpkeepParts): Upkeep => new Upkeep(parts);
