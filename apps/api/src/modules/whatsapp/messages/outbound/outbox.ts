/**
 * Sends what an account has queued, while it is connected. Made by the account's supervisor for each verified connection
 * and stopped with it; only the owner of the account's lease has one.
 *
 * First what an earlier connection left without an ack goes again, under its id. Then rows are taken in order and handed to
 * the engine in order, many at once: within a chat the wire keeps the order of the calls. `sending` goes into the journal
 * before the engine sees the message, so it is durable with the ratchet step and before the frame leaves. Then:
 * - the server's ack makes it `sent`, its refusal `failed`; one that says that the recipient has other devices is sent
 *   once more to those;
 * - a failure of the engine that is certain makes it `failed`, one that is not makes it `unknown`;
 * - no ack within `ACK_MS` makes it `unknown`; a late ack or a receipt lifts it. After `ACK_MS` more it is sent again under
 *   its id, if the connection still answers (docs/decisions/resending.md);
 * - the connection ends or the process dies: the row stays `sending`, and the next connection begins with it; what certainly
 *   did not leave waits there as if it were queued, and takes its place with the governor then.
 *
 * Where somebody asked for it, "typing…" is shown for a while first. The message stays queued meanwhile, and its chat waits
 * for it; other chats do not. What ends in that time, the process too, ends before the message was taken.
 *
 * Nobody else takes a queued message back: what is to be cancelled comes here, and nothing is taken until that is durable.
 */
import { type LinkPreview, MESSAGE_LANES, type MessageLane } from '@trunkline/contracts';
import type { Cancel, Clock } from '../../../../clock/clock.js';
import type { Sql } from '../../../../database/database.js';
import type { Room, SendGovernor, SendRequest, Verdict } from '../../../governor/send.governor.js';
import type { EngineEvent, EngineSession, Refusal } from '../../engines/engine.js';
import { describeFailure, type Failing } from '../failure.js';
import type { StatusStep } from '../receipts/status.writer.js';
import { engineMedia } from '../../media/outbound.media.js';
import type { OpenReference } from '../../media/reference.seal.js';
import { LinkPreviews, type LinkPreviewParts } from './link.previews.js';
import type { OutboxDesk } from './outbox.desk.js';
import { ANSWERED_ATTEMPTS, type Claimed, unconfirmedMessages } from './outbox.repository.js';
import type { OutboxChange } from './outbox.writer.js';

const ACK_MS = 30_000;
/** Messages handed to the engine and not yet answered, at most; also how many rows are read at once. */
const IN_HAND = 200;
/** Looked again after this long without a wake-up; the worker looks for all its accounts at once, and more often. */
const POLL_MS = 30_000;
/** The governor reckons by a clock of its own: an end that differs by less is the same one, told in other words. */
const SAME_MS = 1_000;
/** What waits longer than this is put aside as held (a chat) or told (an account). */
const LONG_MS = 5_000;
/** Chats that wait for less and stand in nobody's way meanwhile, at most. */
const ASIDE = 1_000;

type Ack = Extract<EngineEvent, { type: 'message-ack' }>;

export interface OutboxStart {
  accountId: string;
  /** When this device was linked: what an earlier one sent is not sent again. */
  linkedAt: Date | null;
  sql: Sql;
  desk: OutboxDesk;
  session: Pick<EngineSession, 'send' | 'probe' | 'presence'>;
  /** Into the account's journal, in order with everything else of its session. */
  record(step: StatusStep): void;
  change(change: OutboxChange): void;
  /** Resolves when what was recorded is in the rows; rejects when the lease was lost. */
  durable(): Promise<void>;
  governor: SendGovernor;
  /** Of the link of a text that waits for one. */
  preview: LinkPreviewParts['make'];
  /** Of a file of this account that is at WhatsApp. */
  unseal: OpenReference;
  clock: Clock;
  /** Reading the outbox failed; it is tried again. */
  failed(error: unknown): void;
}

type Held = Extract<Verdict, { verdict: 'held' }>;

interface InHand extends Claimed {
  cancelTimer?: Cancel;
  /** No ack came in time. */
  silent?: boolean;
  /** It was sealed anew for other devices. */
  renewed?: boolean;
}

export class Outbox {
  readonly #inHand = new Map<string, InHand>();
  /** Taken, and their rows do not say so yet. */
  readonly #fresh = new Set<string>();
  /** Did not leave by this connection, which is over: they wait for the next one. */
  readonly #unsent = new Set<string>();
  #stopped = false;
  #looking = false;
  #lookAgain = false;
  /** The last look did not see the end of the queue. */
  #more = true;
  /** Ordinal up to which what was left without an ack has gone again; undefined: all has. */
  #unconfirmedAfter: number | undefined = 0;
  #cancelling = 0;
  /** Grows with each cancelling: what was read before it is not handed over after it. */
  #turn = 0;
  #cancelPoll: Cancel | undefined;
  /** Chats that the governor holds apart for a moment, until when. */
  readonly #aside = new Map<string, number>();
  /** Chats that are shown typing, each before its next message. */
  readonly #typing = new Map<string, Cancel>();
  /** Until when it was told that nothing leaves. At first unknown: an earlier connection may have told something. */
  #toldWait: Date | 'unknown' | null = 'unknown';

  readonly #previews: LinkPreviews;

  constructor(private readonly start: OutboxStart) {
    const { clock, preview: make, change } = start;
    const made = (id: string, preview: LinkPreview | null): void => change({ type: 'preview', id, preview });
    this.#previews = new LinkPreviews({ clock, make, made, wake: () => this.wake() });
  }

  /** To be called once. Most accounts have nothing that waits, and many begin at once: one statement finds those that have. */
  async begin(): Promise<void> {
    const { desk, accountId, failed } = this.start;
    const hasRows = await desk.hasRows(accountId).catch((error: unknown) => (failed(error), true));
    if (hasRows) return this.wake();
    // Woken meanwhile: then it looks for itself.
    if (this.#looking || this.#unconfirmedAfter !== 0) return;
    this.#unconfirmedAfter = undefined;
    this.#toldWait = null;
  }

  /** Something may have been queued. */
  wake(): void {
    this.#more = true;
    if (this.#stopped || this.#cancelling > 0) return;
    if (this.#looking) {
      this.#lookAgain = true;
      return;
    }
    this.#looking = true;
    void this.#look().finally(() => {
      this.#looking = false;
      if (this.#lookAgain) this.wake();
    });
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelPoll?.();
    this.#previews.stop();
    for (const message of this.#inHand.values()) message.cancelTimer?.();
    for (const cancel of this.#typing.values()) cancel();
    this.#inHand.clear();
    this.#typing.clear();
  }

  /** Resolves when it is durable, with everything that was taken before it and nothing of what it concerns after it. */
  async takeBack(change: OutboxChange): Promise<void> {
    this.#cancelling += 1;
    this.#turn += 1;
    try {
      this.start.change(change);
      await this.start.durable();
    } finally {
      this.#cancelling -= 1;
      this.wake();
    }
  }

  /** To be called with each ack of the session. True: it is not the last word, and no step is to be written for it. */
  acked(ack: Ack): boolean {
    const message = this.#inHand.get(ack.waId);
    message?.cancelTimer?.();
    if (message && ack.failure?.code === 'devices_changed' && !message.renewed) {
      message.renewed = true;
      // It was refused, so it did not arrive: a second refusal is certain as well.
      this.#record(message, 'unsent', null);
      this.#hand(message);
      return true;
    }
    this.start.governor.heard(ack.waId, ack.failure && this.#toGovernor(ack.failure));
    if (message) this.#done(message);
    return false;
  }

  /** A receipt says as much as an ack. */
  received(waIds: readonly string[]): void {
    for (const waId of waIds) {
      const message = this.#inHand.get(waId);
      message?.cancelTimer?.();
      if (message) this.#done(message);
    }
  }

  async #look(): Promise<void> {
    this.#lookAgain = false;
    this.#cancelPoll?.();
    let wait = POLL_MS;
    try {
      wait = await (this.#unconfirmedAfter === undefined ? this.#sendDue() : this.#sendUnconfirmed());
    } catch (error) {
      this.start.failed(error);
    }
    if (!this.#stopped) this.#cancelPoll = this.start.clock.setTimeout(() => this.wake(), wait);
  }

  async #sendUnconfirmed(): Promise<number> {
    const room = this.#hands;
    if (room <= 0) return POLL_MS;
    const { sql, accountId, linkedAt, clock, governor } = this.start;
    await governor.prepare();
    const after = this.#unconfirmedAfter ?? 0;
    const left = await unconfirmedMessages(sql, accountId, { after, limit: room, linkedAt, now: clock.now() });
    if (this.#stopped) return POLL_MS;
    this.#obey(this.#sendable(left));
    this.#unconfirmedAfter = left.length < room ? undefined : left.at(-1)!.ordinal;
    this.#lookAgain = true;
    return POLL_MS;
  }

  get #hands(): number {
    return IN_HAND - this.#inHand.size - this.#typing.size;
  }

  /** Hands over what may go; answers when to look again, in milliseconds. */
  async #sendDue(): Promise<number> {
    const { desk, accountId, governor } = this.start;
    await governor.prepare();
    const { lanes, until } = this.#room();
    if (!MESSAGE_LANES.some((lane) => lanes[lane] > 0)) return this.#nothing(until);
    const turn = this.#turn;
    const due = await desk.next({
      accountId,
      lanes,
      inHand: [...this.#fresh, ...this.#unsent],
      asideChats: this.#asideChats(),
    });
    if (this.#stopped) return POLL_MS;
    if (turn !== this.#turn) {
      this.#lookAgain = true;
      return POLL_MS;
    }
    const held = this.#obey(untilTyped(this.#previews.ready(this.#sendable(due))));
    this.#more = MESSAGE_LANES.some((lane) => due.filter((row) => row.lane === lane).length >= lanes[lane]);
    if (this.#more && held.length === 0 && due.length > 0) this.#lookAgain = true;
    // What one chat is held for is told by its messages.
    const closed = held.filter(({ all }) => all === 'lane').map((each) => each.until);
    this.#tellWait(closed.length > 0 && held.length === due.length ? soonest(closed) : null);
    return Math.min(...[until, ...held.map((each) => each.until)].map((at) => this.#waitUntil(at)));
  }

  /** Those that have what they need; one whose file cannot get to WhatsApp, or to whom the account has blocked, fails. */
  #sendable(messages: readonly InHand[]): InHand[] {
    return messages.filter((message) => {
      if (message.blocked) {
        this.#settle(message, { code: 'recipient_blocked', certain: message.attempts === 0 });
        return false;
      }
      const { file, message: outbound, accountId } = message;
      if (!file) return true;
      if (file.reference) outbound.media = engineMedia(file, this.start.unseal(accountId, file.id, file.reference));
      else this.#settle(message, { code: 'media_failed', certain: message.attempts === 0 });
      return file.reference !== null;
    });
  }

  #nothing(until: Date | null): number {
    if (this.#hands > 0) this.#tellWait(until);
    return this.#waitUntil(until);
  }

  /** Does what the governor says of each; answers what it held. */
  #obey(messages: readonly InHand[]): Held[] {
    const verdicts = this.start.governor.decide(messages.map(toRequest));
    return messages.flatMap((message, place) => {
      const verdict = verdicts[place]!;
      if (verdict.verdict === 'go' && verdict.typingMs > 0) this.#type(message, verdict.typingMs);
      else if (verdict.verdict === 'go') this.#hand(message);
      // One that left before may have arrived: then it is not certain.
      if (verdict.verdict === 'refused') this.#settle(message, { code: verdict.code, certain: message.attempts === 0 });
      if (verdict.verdict !== 'held') return [];
      if (verdict.all === 'chat') this.#putAside(message, verdict.until);
      return [verdict];
    });
  }

  /** As the governor says, and as many as there are hands. */
  #room(): Room {
    const { lanes, until } = this.start.governor.room();
    const bounded = MESSAGE_LANES.map((lane) => [lane, Math.max(0, Math.min(this.#hands, lanes[lane]))]);
    return { lanes: Object.fromEntries(bounded) as Record<MessageLane, number>, until };
  }

  #waitUntil(at: Date | null): number {
    return at === null ? POLL_MS : Math.min(POLL_MS, Math.max(0, this.#msUntil(at)));
  }

  #msUntil(at: Date): number {
    return at.getTime() - this.start.clock.now().getTime();
  }

  #tellWait(until: Date | null): void {
    const told = until !== null && this.#msUntil(until) >= LONG_MS ? until : null;
    if (told && this.#toldWait instanceof Date && Math.abs(told.getTime() - this.#toldWait.getTime()) < SAME_MS) return;
    if (told || this.#toldWait) this.start.change({ type: 'wait', until: told });
    this.#toldWait = told;
  }

  /** For long, its rows leave the way of the others; for a moment, the next reading leaves its chat out. */
  #putAside({ chatId, lane }: Claimed, until: Date): void {
    if (this.#aside.size < ASIDE) this.#aside.set(chatId, until.getTime());
    if (this.#msUntil(until) < LONG_MS) return;
    this.start.change({ type: 'hold', chatId, lane, until });
    void this.start.durable().then(
      () => {
        this.#aside.delete(chatId);
        this.wake();
      },
      () => this.stop(),
    );
  }

  /** The row says nothing of it: whoever runs the account after a crash types anew, and sends once. */
  #type(message: InHand, ms: number): void {
    const { chatId, message: outbound } = message;
    const turn = this.#turn;
    // Of this moment only: the message goes whether or not anybody saw it.
    void this.start.session.presence?.show(outbound.to, 'typing').catch(() => undefined);
    const done = () => {
      this.#typing.delete(chatId);
      // Something was taken back meanwhile, perhaps this.
      if (turn === this.#turn) this.#hand(message);
      else this.start.governor.returned(outbound.waId);
      this.wake();
    };
    this.#typing.set(chatId, this.start.clock.setTimeout(done, ms));
  }

  #asideChats(): string[] {
    const now = this.start.clock.now().getTime();
    for (const [chatId, until] of this.#aside) if (until <= now) this.#aside.delete(chatId);
    return [...this.#aside.keys(), ...this.#previews.chats, ...this.#typing.keys()];
  }

  #toGovernor({ code, until }: Refusal) {
    return until === undefined
      ? { code }
      : { code, retryAfterSeconds: Math.ceil(this.#msUntil(new Date(until)) / 1_000) };
  }

  #hand(message: InHand): void {
    const { waId } = message.message;
    const isFirst = message.attempts === 0;
    this.#inHand.set(waId, message);
    this.#take(message);
    void this.start.session.send({ ...message.message, isFirst }).then((result) => {
      if (this.#stopped || this.#inHand.get(waId) !== message) return;
      if (result.ok) this.#awaitAck(message);
      // The connection went before the message did: it waits for the next one, and this attempt does not count.
      else if (result.code === 'not_connected') this.#didNotLeave(message);
      else this.#settle(message, result);
    });
  }

  #didNotLeave(message: InHand): void {
    this.#unsent.add(message.id);
    // At an earlier attempt it may have: then it keeps the place that it took.
    if (message.attempts === 1) this.start.governor.returned(message.message.waId);
    this.#record(message, 'unsent', null);
  }

  #take(message: InHand): void {
    message.attempts += 1;
    this.#record(message, 'sending', null);
    this.#fresh.add(message.id);
    void this.start.durable().then(
      () => this.#fresh.delete(message.id),
      () => this.stop(),
    );
  }

  #awaitAck(message: InHand): void {
    const late = () => (message.silent ? void this.#again(message) : this.#silent(message));
    message.cancelTimer = this.start.clock.setTimeout(late, ACK_MS);
  }

  #silent(message: InHand): void {
    message.silent = true;
    this.#record(message, 'unknown', describeFailure({ code: 'ack_timed_out', certain: false }));
    this.#awaitAck(message);
  }

  /** A connection that answers nothing is the supervisor's to end; the next one begins with what was left. */
  async #again(message: InHand): Promise<void> {
    const isAlive = message.attempts < ANSWERED_ATTEMPTS && (await this.start.session.probe(ACK_MS));
    if (this.#stopped || this.#inHand.get(message.message.waId) !== message) return;
    if (isAlive) this.#obey([message]);
    else this.#done(message);
  }

  #settle(message: InHand, failure: Failing): void {
    if (failure.certain) this.start.governor.heard(message.message.waId, { code: failure.code });
    this.#record(message, failure.certain ? 'failed' : 'unknown', describeFailure(failure));
    this.#done(message);
  }

  #done(message: InHand): void {
    this.#inHand.delete(message.message.waId);
    if (this.#more && this.#hands >= IN_HAND / 2) this.wake();
  }

  #record(message: Claimed, status: StatusStep['status'], failure: StatusStep['failure']): void {
    const { accountId, clock, record } = this.start;
    record({ accountId, waId: message.message.waId, status, at: clock.now(), failure });
  }
}

const soonest = (dates: readonly Date[]): Date => new Date(Math.min(...dates.map((date) => date.getTime())));

/** What stands in a chat behind a message that is typed first is read again after it. */
function untilTyped(messages: readonly InHand[]): InHand[] {
  const typed = new Set<string>();
  return messages.filter(({ chatId, typed: characters }) => {
    if (typed.has(chatId)) return false;
    if (characters !== undefined) typed.add(chatId);
    return true;
  });
}

const toRequest = ({ id, chatId, lane, firstContact, optedOut, attempts, typed, message }: Claimed): SendRequest => ({
  messageId: id,
  waId: message.waId,
  chatId,
  lane,
  firstContact,
  optedOut,
  again: attempts > 0,
  typed,
  phone: typeof message.to === 'string' ? null : message.to.phone,
});

/** What an ack makes of its message. A refusal by the server is certain, unless an earlier attempt had no answer (status.writer). */
export function stepOfAck(accountId: string, ack: Ack, now: Date): StatusStep {
  const at = ack.at === null ? now : new Date(ack.at);
  const failure = ack.failure ? describeFailure({ ...ack.failure, certain: true }) : null;
  return { accountId, waId: ack.waId, status: failure ? 'failed' : 'sent', at, failure };
}
