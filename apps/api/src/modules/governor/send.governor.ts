/**
 * The port through which an outbox asks the governor, in this order, for each batch:
 *
 *   await governor.prepare();
 *   const { lanes } = governor.room();            // claim the first so many rows of each lane; all 0: claim nothing
 *   const verdicts = governor.decide(requests);   // one for each, in the order of the requests
 *
 * and told what became of what it let go: `governor.heard(waId, failure)`, or `governor.returned(waId)` where nothing left. Only `prepare` may ask the database, and only
 * when it knows nothing yet or what it knows has grown old; the rest is memory.
 *
 * A verdict `go` has taken its place already: the message must be handed to the engine in the same step, with its step
 * `sending` in the account's journal, so that what is counted and what leaves are one commit.
 */
import type { HeldReason, MessageLane } from '@trunkline/contracts';
import type { SendFailureCode } from '../whatsapp/engines/engine.js';
import type { PhoneDigits } from '../whatsapp/jid.js';

export interface SendRequest {
  messageId: string;
  waId: string;
  chatId: string;
  lane: MessageLane;
  /** The person never wrote to the account and it never wrote to them; false for groups. */
  firstContact: boolean;
  /** A standing opt-out of the recipient, of which this message is not the confirmation. */
  optedOut: boolean;
  /** It left before, and goes again under its id: it has taken its place already. */
  again: boolean;
  /** Of the recipient, where known: tells the time of day there. Null for groups. */
  phone: PhoneDigits | null;
  /** Characters that a person would have to type, to be shown typing; undefined: not asked for. */
  typed?: number;
}

export type Verdict =
  /** `typingMs`: show "typing…" for so long first; 0: not at all. */
  | { verdict: 'go'; typingMs: number }
  /**
   * Not before `until`. All of its lane: nothing of that lane needs to be claimed before. All of its chat and lane: others
   * go on, and the row should be put aside until then, so that it stands in nobody's way.
   */
  | { verdict: 'held'; reason: HeldReason; all: 'lane' | 'chat'; until: Date }
  /** Never again: the message is `failed`, certain unless it left before. */
  | { verdict: 'refused'; code: 'opted_out' };

/** How many messages of each lane may go now at most; and when that may change, if something is closed. */
export interface Room {
  lanes: Record<MessageLane, number>;
  until: Date | null;
}

export interface SendFailure {
  code: SendFailureCode;
  retryAfterSeconds?: number;
}

export interface SendGovernor {
  /** Rejects when the database does not answer; nothing may be sent then. */
  prepare(): Promise<void>;
  room(): Room;
  decide(requests: readonly SendRequest[]): Verdict[];
  /** What the network, or the engine before it, made of a message: undefined means taken. */
  heard(waId: string, failure?: SendFailure): void;
  /** It was let go and certainly never left, at no attempt: the day has its place again, and it takes one when it goes. */
  returned(waId: string): void;
}
