/**
 * Sends what an account has queued, while it is connected. Made by the account's supervisor for each verified connection
 * and stopped with it; only the owner of the account's lease has one.
 *
 * Rows are taken in order and handed to the engine in order, many at once: within a chat the wire keeps the order of the
 * calls. `sending` goes into the journal before the engine sees the message, so it is durable with the ratchet step
 * and before the frame leaves. Then:
 * - the server's ack makes it `sent`, its refusal `failed`;
 * - a failure of the engine that is certain makes it `failed`, one that is not makes it `unknown`;
 * - no ack within `ACK_MS` makes it `unknown`; a late ack or a receipt lifts it;
 * - the connection ends or the process dies: the row stays `sending`, and the next connection sends it under the same id.
 */
import { MESSAGE_LANES } from '@trunkline/contracts';
import type { Cancel, Clock } from '../../../../clock/clock.js';
import type { Sql } from '../../../../database/database.js';
import type { Room, SendGovernor, SendRequest } from '../../../governor/send.governor.js';
import type { EngineEvent, EngineSession, SendFailureCode } from '../../engines/engine.js';
import { describeFailure } from '../failure.js';
import type { StatusStep } from '../receipts/status.writer.js';
import { type Claimed, claimOutbox } from './claim.repository.js';

const ACK_MS = 30_000;
/** Messages handed to the engine and not yet answered, at most; also how many rows are read at once. */
const IN_HAND = 200;
/** Looked again after this long without a wake-up; the worker looks for all its accounts at once, and more often. */
const POLL_MS = 30_000;
/** Chats held apart at once, at most. */
const ASIDE = 1_000;

type Ack = Extract<EngineEvent, { type: 'message-ack' }>;

export interface OutboxStart {
  accountId: string;
  sql: Sql;
  session: Pick<EngineSession, 'send'>;
  /** Into the account's journal, in order with everything else of its session. */
  record(step: StatusStep): void;
  /** Resolves when what was recorded is in the rows; rejects when the lease was lost. */
  durable(): Promise<void>;
  governor: SendGovernor;
  clock: Clock;
  /** Reading the outbox failed; it is tried again. */
  failed(error: unknown): void;
}

export class Outbox {
  readonly #inHand = new Map<string, Claimed & { cancelTimer?: Cancel }>();
  #stopped = false;
  #looking = false;
  #lookAgain = false;
  #resend = true;
  #cancelPoll: Cancel | undefined;
  /** Chats that the governor holds apart, until when: they stand in nobody's way. */
  readonly #aside = new Map<string, number>();

  constructor(private readonly start: OutboxStart) {}

  /** Something may have been queued. */
  wake(): void {
    if (this.#stopped) return;
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
    for (const message of this.#inHand.values()) message.cancelTimer?.();
    this.#inHand.clear();
  }

  /** To be called with each ack of the session, after it went into the journal as a step (`stepOfAck`). */
  acked(ack: Ack): void {
    this.start.governor.heard(ack.waId, ack.failure);
    const message = this.#inHand.get(ack.waId);
    if (!message) return;
    message.cancelTimer?.();
    this.#inHand.delete(ack.waId);
    this.wake();
  }

  async #look(): Promise<void> {
    this.#lookAgain = false;
    this.#cancelPoll?.();
    let wait = POLL_MS;
    try {
      wait = await this.#sendBatch();
    } catch (error) {
      this.start.failed(error);
    }
    if (!this.#stopped) this.#cancelPoll = this.start.clock.setTimeout(() => this.wake(), wait);
  }

  /** Hands over what may go; answers when to look again, in milliseconds. */
  async #sendBatch(): Promise<number> {
    const { accountId, sql, clock, governor } = this.start;
    await governor.prepare();
    const { lanes, until } = this.#room();
    if (!MESSAGE_LANES.some((lane) => lanes[lane] > 0)) return this.#waitUntil(until);
    const inHand = [...this.#inHand.values()].map((message) => message.id);
    const bounds = { inHand, resend: this.#resend, lanes, asideChats: this.#asideChats(), now: clock.now() };
    const claimed = await claimOutbox(sql, accountId, bounds);
    if (this.#stopped) return POLL_MS;
    const held = this.#obey(claimed);
    const cut = MESSAGE_LANES.some((lane) => claimed.filter((row) => row.lane === lane).length >= lanes[lane]);
    if (!cut) this.#resend = false;
    else if (held.length === 0 && claimed.length > 0) this.#lookAgain = true;
    return Math.min(...[until, ...held].map((at) => this.#waitUntil(at)));
  }

  /** Does what the governor says of each; answers until when it held some. */
  #obey(claimed: readonly Claimed[]): Date[] {
    const verdicts = this.start.governor.decide(claimed.map(toRequest));
    return claimed.flatMap((message, place) => {
      const verdict = verdicts[place]!;
      if (verdict.verdict === 'go') this.#hand(message);
      if (verdict.verdict === 'refused') this.#refuse(message, verdict.code);
      if (verdict.verdict !== 'held') return [];
      if (verdict.all === 'chat') this.#putAside(message.chatId, verdict.until);
      return [verdict.until];
    });
  }

  /** One that left before may have arrived: then it is not certain. */
  #refuse(message: Claimed, code: SendFailureCode): void {
    this.#inHand.set(message.message.waId, message);
    this.#settle(message, code, message.status === 'queued', '');
  }

  /** As the governor says, and as many as there are hands; what is to be sent again needs no room. */
  #room(): Room {
    const hands = IN_HAND - this.#inHand.size;
    const { lanes, until } = this.start.governor.room();
    const bounded = MESSAGE_LANES.map((lane) => [lane, this.#resend ? hands : Math.min(hands, lanes[lane])]);
    return { lanes: Object.fromEntries(bounded), until };
  }

  #waitUntil(at: Date | null): number {
    return at === null ? POLL_MS : Math.min(POLL_MS, Math.max(0, at.getTime() - this.start.clock.now().getTime()));
  }

  #putAside(chatId: string, until: Date): void {
    if (this.#aside.size < ASIDE) this.#aside.set(chatId, until.getTime());
  }

  #asideChats(): string[] {
    const now = this.start.clock.now().getTime();
    for (const [chatId, until] of this.#aside) if (until <= now) this.#aside.delete(chatId);
    return [...this.#aside.keys()];
  }

  #hand(message: Claimed): void {
    this.#inHand.set(message.message.waId, message);
    this.#record(message, 'sending', null);
    void this.start.session.send(message.message).then((result) => {
      if (this.#stopped || this.#inHand.get(message.message.waId) !== message) return;
      if (result.ok) this.#awaitAck(message);
      else this.#settle(message, result.code, result.certain, result.detail);
    });
  }

  #awaitAck(message: Claimed & { cancelTimer?: Cancel }): void {
    const late = () => this.#settle(message, 'ack_timed_out', false, '');
    message.cancelTimer = this.start.clock.setTimeout(late, ACK_MS);
  }

  #settle(message: Claimed, code: SendFailureCode, certain: boolean, detail: string): void {
    if (certain) this.start.governor.heard(message.message.waId, { code });
    // The connection went before the message did: it stays in hand, and waits for the next one.
    if (code === 'not_connected') return;
    this.#record(message, certain ? 'failed' : 'unknown', describeFailure(code, certain, detail));
    // In hand until its row says so: a row that is still queued would be taken again.
    void this.start.durable().then(
      () => {
        this.#inHand.delete(message.message.waId);
        this.wake();
      },
      () => this.stop(),
    );
  }

  #record(message: Claimed, status: StatusStep['status'], failure: StatusStep['failure']): void {
    const { accountId, clock, record } = this.start;
    record({ accountId, waId: message.message.waId, status, at: clock.now(), failure });
  }
}

const toRequest = ({ id, chatId, lane, firstContact, optedOut, status, message }: Claimed): SendRequest => ({
  messageId: id,
  waId: message.waId,
  chatId,
  lane,
  firstContact,
  optedOut,
  again: status !== 'queued',
  phone: typeof message.to === 'string' ? null : message.to.phone,
});

/** What an ack makes of its message. A refusal by the server is certain: it took nothing. */
export function stepOfAck(accountId: string, ack: Ack, now: Date): StatusStep {
  const at = ack.at === null ? now : new Date(ack.at);
  const failure = ack.failure ? describeFailure(ack.failure.code, true, ack.failure.detail) : null;
  return { accountId, waId: ack.waId, status: failure ? 'failed' : 'sent', at, failure };
}
