/**
 * Messages of one account that were handed to the engine and have no last word yet. `sending` goes into the journal before
 * the engine sees the message; then
 * - the server's ack makes it `sent`, its refusal `failed`; one that says that the recipient has other devices is sent
 *   once more to those;
 * - a failure of the engine that is certain makes it `failed`, one that is not makes it `unknown`;
 * - no ack within `ACK_MS` makes it `unknown`; a late ack or a receipt lifts it. After `ACK_MS` more it is sent again under
 *   its id, if the connection still answers (docs/decisions/resending.md);
 * - the connection ends or the process dies: the row stays `sending`, and the next connection begins with it; what certainly
 *   did not leave waits there as if it were queued, and takes its place with the governor then.
 */
import type { Cancel } from '../../../../clock/clock.js';
import type { EngineEvent, Refusal } from '../../engines/engine.js';
import { describeFailure, type Failing } from '../failure.js';
import type { StatusStep } from '../receipts/status.writer.js';
import { ANSWERED_ATTEMPTS, type Claimed } from './outbox.repository.js';
import type { OutboxStart } from './outbox.start.js';

const ACK_MS = 30_000;

export type Ack = Extract<EngineEvent, { type: 'message-ack' }>;

/** A message that was read from the outbox, and what became of it. */
export interface InHand extends Claimed {
  cancelTimer?: Cancel;
  /** No ack came in time. */
  silent?: boolean;
  /** It was sealed anew for other devices. */
  renewed?: boolean;
}

export interface HandedParts {
  /** One of them has its last word. */
  done(): void;
  /** As its row is now; undefined: it is not to be sent any more. */
  now(message: InHand): Promise<Claimed | undefined>;
  /** To be asked of the governor again, and handed over again if it may. */
  again(message: InHand): void;
  /** The lease was lost. */
  lost(): void;
}

export class HandedMessages {
  readonly #inHand = new Map<string, InHand>();
  /** Taken, and their rows do not say so yet. */
  readonly #fresh = new Set<string>();
  /** Did not leave by this connection, which is over: they wait for the next one. */
  readonly #unsent = new Set<string>();
  #stopped = false;

  constructor(
    private readonly start: OutboxStart,
    private readonly parts: HandedParts,
  ) {}

  get size(): number {
    return this.#inHand.size;
  }

  /** Ids of those that may look as if they were still to be taken, and are not. */
  get leftOut(): string[] {
    return [...this.#fresh, ...this.#unsent];
  }

  stop(): void {
    this.#stopped = true;
    for (const message of this.#inHand.values()) message.cancelTimer?.();
    this.#inHand.clear();
  }

  hand(message: InHand): void {
    const { waId } = message.message;
    const isFirst = message.attempts === 0;
    this.#inHand.set(waId, message);
    this.#take(message);
    void this.start.session.send({ ...message.message, isFirst }).then((result) => {
      if (this.#stopped || this.#inHand.get(waId) !== message) return;
      if (result.ok) this.#awaitAck(message);
      // The connection went before the message did: it waits for the next one, and this attempt does not count.
      else if (result.code === 'not_connected') this.#didNotLeave(message);
      else this.settle(message, result);
    });
  }

  /** True: it is not the last word, and no step is to be written for it. */
  acked(ack: Ack): boolean {
    const message = this.#inHand.get(ack.waId);
    message?.cancelTimer?.();
    if (message && ack.failure?.code === 'devices_changed' && !message.renewed) {
      message.renewed = true;
      // It was refused, so it did not arrive: a second refusal is certain as well.
      this.#record(message, 'unsent', null);
      this.hand(message);
      return true;
    }
    this.start.governor.heard(ack.waId, ack.failure && this.#toGovernor(ack.failure));
    if (message) this.#done(message);
    return false;
  }

  /** A receipt says as much as an ack, and so does the message itself when it comes back from the phone. */
  received(waIds: readonly string[]): void {
    for (const waId of waIds) {
      const message = this.#inHand.get(waId);
      if (!message) continue;
      message.cancelTimer?.();
      this.start.governor.heard(waId);
      this.#done(message);
    }
  }

  /** The last word on one that was handed over, or that never will be. */
  settle(message: InHand, failure: Failing): void {
    if (failure.certain) this.start.governor.heard(message.message.waId, { code: failure.code });
    this.#record(message, failure.certain ? 'failed' : 'unknown', describeFailure(failure));
    this.#done(message);
  }

  #take(message: InHand): void {
    message.attempts += 1;
    this.#record(message, 'sending', null);
    this.#fresh.add(message.id);
    void this.start.durable().then(
      () => this.#fresh.delete(message.id),
      () => this.parts.lost(),
    );
  }

  #didNotLeave(message: InHand): void {
    this.#unsent.add(message.id);
    // At an earlier attempt it may have: then it keeps the place that it took.
    if (message.attempts === 1) this.start.governor.returned(message.message.waId);
    this.#record(message, 'unsent', null);
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
    const now = isAlive ? await this.parts.now(message) : undefined;
    if (this.#stopped || this.#inHand.get(message.message.waId) !== message) return;
    if (now && !now.optedOut && !now.blocked) this.parts.again(message);
    else this.#done(message);
  }

  #done(message: InHand): void {
    this.#inHand.delete(message.message.waId);
    this.parts.done();
  }

  #record(message: Claimed, status: StatusStep['status'], failure: StatusStep['failure']): void {
    const { accountId, clock, record } = this.start;
    record({ accountId, waId: message.message.waId, status, at: clock.now(), failure });
  }

  #toGovernor({ code, until }: Refusal) {
    if (until === undefined) return { code };
    return { code, retryAfterSeconds: Math.ceil((until - this.start.clock.now().getTime()) / 1_000) };
  }
}
