/**
 * The governor of one account, in the worker that owns it; see the port for how it is asked.
 *
 * It knows the holds from the start, and reads what was sent when the first message is to go: most accounts of a worker that
 * begins have nothing to send. It then counts by itself: nothing leaves that is not in the rows, since
 * a message and its step `sending` are one commit. So it costs no statement per message, and a restart, or another worker
 * that takes over, grants nothing anew. Its own clock begins with the wall clock and goes on by the monotonic one: a jump
 * of the wall clock fills no bucket and empties no day. One forward is written down, since after it the rows look older
 * than they are.
 */
import type { HoldCode } from '@trunkline/contracts';
import type { Clock } from '../../clock/clock.js';
import type { Sql } from '../../database/database.js';
import type { ClockJump } from './clock.jumps.repository.js';
import { adjusted, samePace } from './decision/adjust.js';
import { uncounted } from './decision/day.window.js';
import { decide, roomOf } from './decision/decide.js';
import type { Limits } from './decision/limits.js';
import { FRESH, type Now, type State } from './decision/state.js';
import { stateFrom } from './decision/usage.js';
import type { EntryType, TypeAndData } from '../whatsapp/sessions/entry.js';
import { HOLD_RULES, holdAfter, holdOf, type KnownHold } from './holds.js';
import { type Governed, limitsOf } from './profiles.js';
import type { Room, SendFailure, SendGovernor, SendRequest, Verdict } from './send.governor.js';
import { readGoverned } from './settings.repository.js';
import { readUsage } from './usage.repository.js';

/** What a person changed is read again at the latest after this long; a wake-up makes it at once. */
const STALE_MS = 30_000;
/** A wall clock that is off by more than this has jumped; less is steered. */
const JUMP_MS = 5_000;

type GovernorEntry = Extract<EntryType, `governor.${string}`>;

export interface GovernorStart {
  accountId: string;
  /** What the rows said of its holds when it was claimed: nobody else writes any. */
  holds: readonly KnownHold[];
  sql: Sql;
  clock: Pick<Clock, 'now' | 'monotonic'>;
  /** Into the account's journal. */
  write(...entry: TypeAndData<GovernorEntry>): void;
  random(): number;
}

export interface FirstContact {
  messageId: string;
  /** Null: it was none, since nothing left. */
  at: Date | null;
}

/** The place of a message that was let go and not heard of yet. */
interface Place {
  messageId: string;
  chatId: string;
  /** By the governor's own clock. */
  at: number;
  firstContact: boolean;
}

/** Far more than are under way at once; a place that is not known any more is not given back. */
const MOST_PLACES = 10_000;

export class AccountGovernor implements SendGovernor {
  #state: State = FRESH;
  #governed: Governed | undefined;
  /** What is added to the monotonic clock. */
  #offset: number;
  #loaded = false;
  /** Those that this one has noted: the rows may not have them yet. */
  readonly #jumps: ClockJump[] = [];
  /** As they were when they were asked for last. */
  #limitsBefore: Limits | undefined;
  #readAt = Number.NEGATIVE_INFINITY;
  /** How far the wall clock has gone ahead of the governor's, by jumps. */
  #ahead = 0;
  readonly #holds: Map<HoldCode, KnownHold>;
  /** By WhatsApp's id of the message. */
  readonly #places = new Map<string, Place>();

  constructor(private readonly start: GovernorStart) {
    this.#offset = start.clock.now().getTime() - start.clock.monotonic();
    this.#holds = new Map(start.holds.map((hold) => [hold.code, hold]));
    this.#holdsChanged();
  }

  async prepare(): Promise<void> {
    const { clock, sql, accountId } = this.start;
    if (this.#governed && clock.monotonic() - this.#readAt < STALE_MS) return;
    const governed = await readGoverned(sql, accountId);
    if (!governed) throw new Error('the account is gone');
    if (!this.#loaded) await this.#load(governed);
    this.#governed = governed;
    this.#readAt = clock.monotonic();
  }

  /** A person changed something: what is known is old. */
  changed(): void {
    this.#readAt = Number.NEGATIVE_INFINITY;
  }

  room(): Room {
    const limits = this.#limits();
    return roomOf(this.#state, limits, this.#now());
  }

  decide(requests: readonly SendRequest[]): Verdict[] {
    this.#noteJump();
    const limits = this.#limits();
    const { state, verdicts } = decide(this.#state, limits, requests, this.#now());
    const begun = new Set(this.#state.begun);
    requests.forEach((request, place) => {
      if (verdicts[place]!.verdict !== 'go' || request.again) return;
      const isFirst = request.firstContact && state.begun.has(request.chatId) && !begun.has(request.chatId);
      if (isFirst) begun.add(request.chatId);
      this.#place(request, isFirst);
    });
    this.#state = state;
    return verdicts;
  }

  heard(waId: string, failure?: SendFailure): void {
    this.#ended(waId, failure);
    const code = failure && holdOf(failure.code);
    if (!code) return;
    const wait = failure.retryAfterSeconds;
    this.limited(code, wait === undefined ? undefined : this.#wall() + wait * 1_000);
  }

  /**
   * The bucket keeps what it gave, since what came after may have counted on it: it fills again by itself. The day would
   * be short of one until tomorrow.
   */
  returned(waId: string): void {
    const place = this.#places.get(waId);
    if (!place) return;
    this.#places.delete(waId);
    this.#state = { ...this.#state, day: uncounted(this.#state.day, place.at) };
    if (!place.firstContact) return;
    this.#state = { ...this.#state, firstContactDay: uncounted(this.#state.firstContactDay, place.at) };
    this.#notBegun(place.chatId);
    this.start.write('governor.first-contact', { messageId: place.messageId, at: null });
  }

  /** WhatsApp told of a limit, and perhaps until when (milliseconds since 1970); 0: it is over. */
  limited(code: HoldCode, until?: number): void {
    if (until !== undefined && until <= this.#wall()) return this.#lift(code);
    const last = this.#holds.get(code);
    const hold = holdAfter(code, last, this.#wall(), until);
    if (last && !last.lifted && last.until === hold.until) return;
    this.#holds.set(code, { ...hold, lifted: false });
    this.#holdsChanged();
    this.start.write('governor.hold', { accountId: this.start.accountId, hold });
  }

  /** WhatsApp has shut the account out, until then if it said so: it begins again with replies alone. */
  banned(until = this.#wall()): void {
    this.limited('restricted', until + HOLD_RULES.restricted.firstMs);
  }

  /** To be called about once a second: ends the holds whose time is over. True when there were some. */
  tick(): boolean {
    this.#noteJump();
    const now = this.#wall();
    const over = [...this.#holds.values()].filter(({ until, lifted }) => !lifted && until <= now);
    for (const { code } of over) this.#lift(code);
    return over.length > 0;
  }

  #noteJump(): void {
    const { at, wall } = this.#now();
    const ms = wall - at - this.#ahead;
    if (Math.abs(ms) < JUMP_MS) return;
    this.#ahead += ms;
    if (ms < 0) return;
    const jump: ClockJump = { at: new Date(wall), ms };
    this.#jumps.push(jump);
    this.start.write('governor.jump', jump);
  }

  #lift(code: HoldCode): void {
    const hold = this.#holds.get(code);
    if (!hold || hold.lifted) return;
    const at = this.#wall();
    this.#holds.set(code, { ...hold, until: Math.min(hold.until, at), lifted: true });
    this.#holdsChanged();
    this.start.write('governor.lift', { accountId: this.start.accountId, code, at });
  }

  async #load(governed: Governed): Promise<void> {
    const { sql, accountId, clock } = this.start;
    this.#noteJump();
    const now = clock.now();
    const limits = limitsOf(governed, now);
    const usage = await readUsage(sql, accountId, limits, now, this.#jumps);
    this.#offset = now.getTime() - clock.monotonic();
    this.#ahead = 0;
    this.#state = stateFrom(usage, limits, now.getTime());
    this.#loaded = true;
    this.#limitsBefore = limits;
    this.#holdsChanged();
  }

  #place({ messageId, waId, chatId }: SendRequest, firstContact: boolean): void {
    this.#places.set(waId, { messageId, chatId, at: this.#now().at, firstContact });
    if (this.#places.size > MOST_PLACES) this.#places.delete(this.#places.keys().next().value!);
    if (!firstContact) return;
    this.start.write('governor.first-contact', { messageId, at: this.start.clock.now() });
  }

  /** The first contact is made, or it was none: then the chat is as unknown as before. */
  #ended(waId: string, failure: SendFailure | undefined): void {
    const place = this.#places.get(waId);
    this.#places.delete(waId);
    if (!place?.firstContact) return;
    const { messageId, chatId } = place;
    if (failure) this.#notBegun(chatId);
    else this.start.write('governor.known', { messageId, at: this.start.clock.now() });
  }

  #notBegun(chatId: string): void {
    const begun = new Set(this.#state.begun);
    begun.delete(chatId);
    this.#state = { ...this.#state, begun };
  }

  #holdsChanged(): void {
    const holds = [...this.#holds.values()].filter(({ lifted }) => !lifted);
    this.#state = { ...this.#state, holds };
  }

  #limits(): Limits {
    if (!this.#governed) throw new Error('the governor is asked before it is prepared');
    const limits = limitsOf(this.#governed, this.start.clock.now());
    const last = this.#limitsBefore;
    this.#limitsBefore = limits;
    if (last && !samePace(last, limits)) this.#state = adjusted(this.#state, last, limits, this.#now().at);
    return limits;
  }

  #now(): Now {
    const { clock, random } = this.start;
    return { at: clock.monotonic() + this.#offset, wall: this.#wall(), random };
  }

  #wall(): number {
    return this.start.clock.now().getTime();
  }
}
