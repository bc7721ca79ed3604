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
import type { Cancel, Clock } from '../../../../clock/clock.js';
import type { Sql } from '../../../../database/database.js';
import type { EngineEvent, EngineSession, SendFailureCode } from '../../engines/engine.js';
import { describeFailure } from '../failure.js';
import type { StatusStep } from '../receipts/status.writer.js';
import { type Claimed, claimOutbox } from './claim.repository.js';

const ACK_MS = 30_000;
/** Messages handed to the engine and not yet answered, at most; also how many rows are read at once. */
const IN_HAND = 200;
/** Looked again after this long without a wake-up; the worker looks for all its accounts at once, and more often. */
const POLL_MS = 30_000;

type Ack = Extract<EngineEvent, { type: 'message-ack' }>;

/** Whether a message may go now; undefined means go, else how many milliseconds to wait. */
export type MayGo = (message: Claimed) => number | undefined;

export interface OutboxStart {
  accountId: string;
  sql: Sql;
  session: Pick<EngineSession, 'send'>;
  /** Into the account's journal, in order with everything else of its session. */
  record(step: StatusStep): void;
  /** Resolves when what was recorded is in the rows; rejects when the lease was lost. */
  durable(): Promise<void>;
  mayGo: MayGo;
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
    const room = IN_HAND - this.#inHand.size;
    if (room <= 0) return POLL_MS;
    const inHand = [...this.#inHand.values()].map((message) => message.id);
    const { accountId, sql, clock } = this.start;
    const claimed = await claimOutbox(sql, accountId, { inHand, resend: this.#resend, limit: room, now: clock.now() });
    const held = new Map<string, number>();
    for (const message of claimed) {
      if (this.#stopped) return POLL_MS;
      // What waits holds back what follows it in its chat, and nothing else.
      const wait = held.get(message.chatId) ?? this.start.mayGo(message);
      if (wait === undefined) this.#hand(message);
      else held.set(message.chatId, wait);
    }
    if (claimed.length < room) this.#resend = false;
    else if (held.size === 0) this.#lookAgain = true;
    return Math.min(POLL_MS, ...held.values());
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

/** What an ack makes of its message. A refusal by the server is certain: it took nothing. */
export function stepOfAck(accountId: string, ack: Ack, now: Date): StatusStep {
  const at = ack.at === null ? now : new Date(ack.at);
  const failure = ack.failure ? describeFailure(ack.failure.code, true, ack.failure.detail) : null;
  return { accountId, waId: ack.waId, status: failure ? 'failed' : 'sent', at, failure };
}
