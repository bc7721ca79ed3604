/** Deadlines and next attempts that have passed, whoever set them and however late it is. */
import type { Reason, UserAction } from '@trunkline/contracts';
import { NOTES } from './notes.js';
import { ended, isLinking, type Next, rest, type State, stay } from './state.js';

export function due(state: State, now: Date): Next {
  if (state.deadline && state.deadline <= now && isLinking(state)) {
    return state.deadlineKind === 'phone_number'
      ? giveUp(state, 'phone_number_missing', 'update_phone', now)
      : giveUp(state, 'linking_timeout', 'retry_initialize', now);
  }
  if (state.nextAttemptAt && state.nextAttemptAt <= now && state.wanted === 'online') return attempt(state);
  return stay(state);
}

/** The engine ends with the status, so no live session is left that nobody owns. Its credentials stay. */
function giveUp(state: State, reason: Reason, action: UserAction, now: Date): Next {
  const note = { reason, statusNote: NOTES[reason], userAction: action };
  return {
    state: rest(state, { ...ended(state, now), ...note }),
    effects: [{ type: 'close' }, { type: 'error', message: NOTES[reason], reason, action }],
  };
}

/** A temporary ban that is over is an account as before. */
function attempt(state: State): Next {
  const after: State = { ...state, nextAttemptAt: null };
  if (state.status === 'banned') {
    after.status = state.linked && state.verifiedAt ? 'active' : 'authenticating';
    after.connection = state.verifiedAt ? 'reconnecting' : 'connecting';
    after.userAction = null;
  }
  return { state: after, effects: [{ type: 'open', linked: state.linked }] };
}
