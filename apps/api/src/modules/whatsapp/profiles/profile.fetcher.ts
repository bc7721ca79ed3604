/**
 * Asks WhatsApp how those look whom somebody has looked at here: one after the other, at a `Pace`. Made for each verified
 * connection and stopped with it; only the owner of the account's lease has one. What comes of it goes into the account's
 * journal. A process that dies leaves a row that is still wanted, and the next owner asks.
 */
import type { Cancel, Clock } from '../../../clock/clock.js';
import { Rounds } from '../../../clock/rounds.js';
import type { Sql } from '../../../database/database.js';
import type { Portrayed, ProfileCapability, ProfileFailureCode } from '../engines/profile.js';
import type { PersonAddress } from '../jid.js';
import type { MediaLibrary } from '../media/files/library.js';
import { Pace } from './pace.js';
import type { ProfileDesk } from './profile.desk.js';
import { type DueProfile, nextDue } from './profile.due.repository.js';
import type { ProfileStep, StoredPicture } from './profile.writer.js';

const MINUTE_MS = 60_000;
/** WhatsApp said that it was asked too often. */
const LIMITED_MS = 60 * MINUTE_MS;
const MOST_ATTEMPTS = 5;
/** Timers take no more, and nothing is due for longer without somebody looking again. */
const MOST_WAIT_MS = 24 * 60 * MINUTE_MS;

export interface FetcherParts {
  accountId: string;
  sql: Sql;
  desk: Pick<ProfileDesk, 'dueIn'>;
  engine: ProfileCapability;
  library: MediaLibrary;
  clock: Clock;
  record(step: ProfileStep): void;
  /** Resolves when what was recorded is in the rows; rejects when the lease was lost. */
  durable(): Promise<void>;
  /** Something of ours failed; it is tried again. */
  failed(error: unknown): void;
}

type Asked = DueProfile & { askedAt: Date };

export class ProfileFetcher {
  readonly #ended = new AbortController();
  readonly #rounds = new Rounds(() => this.#round());
  readonly #pace: Pace;
  #cancel: Cancel | undefined;
  /** By `Clock.elapsed`: nothing is asked before. */
  #notBefore = 0;

  constructor(private readonly parts: FetcherParts) {
    this.#pace = new Pace(() => parts.clock.elapsed());
  }

  /** Somebody may be looking. */
  wake(): void {
    this.#rounds.ask();
  }

  /** Resolves when what is under way has ended. */
  stop(): Promise<void> {
    this.#ended.abort();
    this.#cancel?.();
    return this.#rounds.stop();
  }

  /** True: look for the next at once. */
  async #round(): Promise<boolean> {
    this.#cancel?.();
    const wait = await this.#next().catch((error: unknown) => {
      if (!this.#ended.signal.aborted) this.parts.failed(error);
      return MINUTE_MS;
    });
    if (wait === 0 || this.#ended.signal.aborted) return wait === 0;
    if (wait < Infinity) this.#cancel = this.parts.clock.setTimeout(() => this.wake(), Math.min(wait, MOST_WAIT_MS));
    return false;
  }

  /** Asks about one. Answers in how many milliseconds to look again. */
  async #next(): Promise<number> {
    const { sql, accountId, clock, desk } = this.parts;
    const pause = this.#notBefore - clock.elapsed();
    if (pause > 0) return pause;
    const wait = await desk.dueIn(accountId);
    if (wait > 0) return wait;
    const slow = this.#pace.take();
    if (slow > 0) return slow;
    const due = await nextDue(sql, accountId, clock.now());
    if (!due || this.#ended.signal.aborted) return due ? Infinity : MINUTE_MS;
    const asked = { ...due, askedAt: clock.now() };
    await this.#ask(asked).catch((error: unknown) => this.#failed(asked, error));
    return 0;
  }

  async #ask(due: Asked): Promise<void> {
    const { engine } = this.parts;
    const { askedAt } = due;
    const shown = await engine.picture(due.of, due.pictureId, this.#ended.signal);
    if (!shown.ok) return this.#refused(due, shown.code);
    const said = speaksFor(due.of) ? await engine.about(due.of) : undefined;
    if (said && !said.ok) return this.#refused(due, said.code);
    const step: ProfileStep = { type: 'asked', id: due.id, askedAt, ...(said && { about: said.about }) };
    const { picture } = shown;
    await this.#record(picture === 'same' ? step : { ...step, picture: picture && (await this.#store(picture)) });
  }

  async #refused(due: Asked, code: ProfileFailureCode): Promise<void> {
    const { clock } = this.parts;
    // It is asked on the next connection.
    if (code === 'not_connected') return void (this.#notBefore = Infinity);
    if (code === 'limited') return void (this.#notBefore = clock.elapsed() + LIMITED_MS);
    await this.#later(due);
  }

  /** For a reason of ours, and perhaps for good: the others are asked about meanwhile. */
  async #failed(due: Asked, error: unknown): Promise<void> {
    if (this.#ended.signal.aborted) return;
    this.parts.failed(error);
    await this.#later(due);
  }

  async #later({ id, askedAt, attempts }: Asked): Promise<void> {
    const next = attempts + 1;
    const now = this.parts.clock.now().getTime();
    const nextAttemptAt = next >= MOST_ATTEMPTS ? null : new Date(now + MINUTE_MS * 4 ** attempts);
    await this.#record({ type: 'failed', id, askedAt, attempts: next, nextAttemptAt });
  }

  async #record(step: ProfileStep): Promise<void> {
    if (this.#ended.signal.aborted) return;
    this.parts.record(step);
    // In its row before the next is looked for: it would be found again.
    await this.parts.durable();
  }

  /** Null for what is no picture by its content: what others put up is not to be believed. */
  async #store({ id, jpeg }: { id: string; jpeg: Uint8Array }): Promise<StoredPicture | null> {
    const { library, clock } = this.parts;
    const file = await library.take(once(jpeg), null);
    if (!file.mime.startsWith('image/')) return file.discard().then(() => null);
    await library.keep(file, clock.now());
    return { id, sha256: file.sha256, size: file.size, mime: file.mime };
  }
}

/** Groups say nothing about themselves that way. */
const speaksFor = (of: Portrayed): of is 'own' | PersonAddress => of === 'own' || typeof of !== 'string';

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
