/** An answer to an event: one word of three, sealed. */
import type { EventAnswer } from '@trunkline/contracts';
import { proto } from 'baileys';
import { type Asked, open, seal, type SealedAnswer } from './sealed.js';

const { EventResponseMessage } = proto.Message;
const { EventResponseType } = EventResponseMessage;
const CODES = {
  going: EventResponseType.GOING,
  not_going: EventResponseType.NOT_GOING,
  maybe: EventResponseType.MAYBE,
} as const satisfies Record<EventAnswer, number>;
const WORDS = new Map(Object.entries(CODES).map(([word, code]) => [code as number, word as EventAnswer]));

/** Null when it does not open, or says none of these words. */
export function openAnswer(eventWaId: string, event: Asked, answer: SealedAnswer): EventAnswer | null {
  const plain = open('Event Response', eventWaId, event, answer);
  return (plain && wordOf(plain)) ?? null;
}

/** @param at milliseconds since 1970 */
export function sealAnswer(eventWaId: string, event: Asked, me: string, answer: EventAnswer, at: number) {
  const plain = EventResponseMessage.encode({ response: CODES[answer], timestampMs: at }).finish();
  return seal('Event Response', eventWaId, event, me, plain);
}

function wordOf(plain: Uint8Array): EventAnswer | undefined {
  try {
    return WORDS.get(EventResponseMessage.decode(plain).response ?? 0);
  } catch {
    return undefined;
  }
}
