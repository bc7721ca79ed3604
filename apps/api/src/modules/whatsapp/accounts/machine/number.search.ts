/** The number is looked for once more (R1.3). */
import { comingBack } from './beginnings.js';
import { engineWanted, type Next, type State, stay } from './state.js';

/**
 * An account that is offline for want of its number comes online for a minute. What is wrong stays said meanwhile, and is
 * not told a second time when the minute ends as the last one did.
 */
export function lookForNumber(state: State, now: Date): Next {
  if (!state.linked || state.phoneNumber !== null) return stay(state);
  if (engineWanted(state)) return { state, effects: state.connection === 'connected' ? [{ type: 'find-number' }] : [] };
  if (state.reason !== 'phone_number_missing') return stay(state);
  const { reason, userAction, statusNote } = state;
  return {
    state: { ...comingBack(state, now), reason, userAction, statusNote },
    effects: [{ type: 'open', linked: true }],
  };
}

/** Of a state whose connection has just been verified: only the number may still be wrong. */
export const stillWrong = (state: State): Pick<State, 'reason' | 'userAction' | 'statusNote'> => {
  const { reason, userAction, statusNote } = state;
  const lacking = reason === 'phone_number_missing' && state.phoneNumber === null;
  return lacking ? { reason, userAction, statusNote } : { reason: 'none', userAction: null, statusNote: null };
};
