/** The account is to go another way to its network: what runs the old way ends, and what waits is tried at once. */
import { inConflict, settleConflict } from './conflict.js';
import { ended, type Next, type State, stay } from './state.js';

export function lineChanged(state: State, now: Date): Next {
  if (state.wanted === 'offline' || state.connection === 'offline') return stay(state);
  if (inConflict(state)) return settleConflict(state, now);
  const connection = state.verifiedAt ? 'reconnecting' : 'connecting';
  return {
    state: { ...state, ...ended(state, now), connection, reason: 'none', attempt: 0, nextAttemptAt: null },
    effects: [{ type: 'open', linked: state.linked }],
  };
}
