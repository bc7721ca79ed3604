import type { HoldCode, HoldScope } from '@trunkline/contracts';
import type { SendFailureCode } from '../whatsapp/engines/engine.js';

/** A limit of WhatsApp that stands; moments in milliseconds since 1970. */
export interface Hold {
  code: HoldCode;
  scope: HoldScope;
  since: number;
  until: number;
}

/** As the rows have it. */
export interface KnownHold extends Hold {
  lifted: boolean;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * What is done about each limit: what it keeps back, for how long when WhatsApp does not say, and how long at most after
 * it came again and again (each time twice as long). Replies always pass.
 */
export const HOLD_RULES: Record<HoldCode, { scope: HoldScope; firstMs: number; mostMs: number }> = {
  reach_out_time_lock: { scope: 'first_contacts', firstMs: 6 * HOUR, mostMs: 72 * HOUR },
  new_chat_limit: { scope: 'first_contacts', firstMs: 24 * HOUR, mostMs: 72 * HOUR },
  rate_limited: { scope: 'all_but_replies', firstMs: 2 * MINUTE, mostMs: 2 * HOUR },
  stanza_refused: { scope: 'first_contacts', firstMs: 10 * MINUTE, mostMs: 2 * HOUR },
  restricted: { scope: 'all_but_replies', firstMs: 24 * HOUR, mostMs: 7 * 24 * HOUR },
};

/** Which limit a failed send tells of; most tell of none. */
export function holdOf(failure: SendFailureCode): HoldCode | undefined {
  // 479: once is a device that is new, and is sent again; what comes here was refused twice.
  if (failure === 'devices_changed') return 'stanza_refused';
  return failure in HOLD_RULES ? (failure as HoldCode) : undefined;
}

/**
 * The hold that follows from hearing of a limit now. Each repetition doubles it, also when it comes soon after the one
 * before was over; what WhatsApp says itself is believed, in both directions.
 * @param told until when, by WhatsApp, in milliseconds since 1970
 */
export function holdAfter(code: HoldCode, last: Hold | undefined, now: number, told: number | undefined): Hold {
  const { scope, firstMs, mostMs } = HOLD_RULES[code];
  if (told !== undefined) return { code, scope, since: standing(last, now)?.since ?? now, until: told };
  const length = last ? last.until - last.since : 0;
  const again = last !== undefined && now < last.until + length;
  // Many messages were on their way when the limit came: their refusals are one word.
  if (again && now < last.since + SAME_WORD_MS) return last;
  const until = now + Math.min(mostMs, again ? Math.max(firstMs, 2 * length) : firstMs);
  return { code, scope, since: now, until };
}

const SAME_WORD_MS = MINUTE;
const standing = (hold: Hold | undefined, now: number) => (hold && hold.until > now ? hold : undefined);
