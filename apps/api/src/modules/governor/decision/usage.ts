import { type Bucket, type Rate, take } from './bucket.js';
import type { DayWindow } from './day.window.js';
import type { Limits } from './limits.js';
import { FRESH, type State } from './state.js';

export interface Used {
  /** Moments, oldest first, at least as far back as the bucket reaches. */
  recent: readonly number[];
  day: DayWindow;
}

/** What the rows say that an account has sent. */
export interface Usage {
  sends: Used;
  firstContacts: Used;
}

/** The state after a restart: never fuller than it was when it was lost. */
export function stateFrom(usage: Usage, limits: Limits, at: number): State {
  return {
    ...FRESH,
    sends: bucketFrom(usage.sends.recent, limits.pace, at),
    day: usage.sends.day,
    firstContacts: bucketFrom(usage.firstContacts.recent, limits.firstContactPace, at),
    firstContactDay: usage.firstContacts.day,
  };
}

/**
 * A bucket depends on all that was ever taken without a pause. What can be said from the last moments alone is the least:
 * it was empty when they begin. Left alone for as long as it takes to fill, it is full.
 */
function bucketFrom(recent: readonly number[], rate: Rate, at: number): Bucket {
  const reach = rate.burst * rate.everyMs;
  // Empty at the beginning of its reach: full again now.
  let bucket: Bucket = at;
  for (const moment of recent) {
    const then = Math.min(moment, at);
    bucket = Math.min(take(bucket, rate, then), then + reach);
  }
  return Math.max(bucket, at);
}
