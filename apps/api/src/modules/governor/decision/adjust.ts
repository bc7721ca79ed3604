import { rescaled } from './bucket.js';
import type { Limits } from './limits.js';
import type { State } from './state.js';

/** The state when other limits come into force: at once, so that what waited by the old ones waits by the new ones. */
export function adjusted(state: State, from: Limits, to: Limits, at: number): State {
  return {
    ...state,
    sends: rescaled(state.sends, from.pace, to.pace, at),
    firstContacts: rescaled(state.firstContacts, from.firstContactPace, to.firstContactPace, at),
    spacedUntil: Math.min(state.spacedUntil, at + to.jitter * to.pace.everyMs),
  };
}

export const samePace = (a: Limits, b: Limits): boolean =>
  a.pace.everyMs === b.pace.everyMs &&
  a.pace.burst === b.pace.burst &&
  a.firstContactPace.everyMs === b.firstContactPace.everyMs &&
  a.firstContactPace.burst === b.firstContactPace.burst;
