/** Deadlines and next attempts that have passed, whoever set them and however late it is. */
import type { Reason, UserAction } from '@trunkline/contracts';
import { inConflict, settleConflict } from './conflict.js';
import { warming } from './beginnings.js';
import { NOTES } from './notes.js';
import { type Effect, ended, isLinking, type Next, rest, type State, stay } from './state.js';

export function due(state: State, now: Date): Next {
  if (state.deadline && state.deadline <= now && isLinking(state)) {
    if (inConflict(state)) return settleConflict(state, now);
    return state.deadlineKind === 'phone_number'
      ? giveUp(state, 'phone_number_missing', 'update_phone', now)
      : giveUp(state, 'linking_timeout', 'retry_initialize', now);
  }
  if (state.nextAttemptAt && state.nextAttemptAt <= now && state.wanted === 'online') return attempt(state, now);
  return stay(state);
}

/** The engine ends with the status, so no live session is left that nobody owns. Its credentials stay. */
function giveUp(state: State, reason: Reason, action: UserAction, now: Date): Next {
  const note = { reason, statusNote: NOTES[reason], userAction: action };
  const told: Effect[] = state.reason === reason ? [] : [{ type: 'error', message: NOTES[reason], reason, action }];
  return { state: rest(state, { ...ended(state, now), ...note }), effects: [{ type: 'close' }, ...told] };
}

function attempt(state: State, now: Date): Next {
  const next: State = { ...state, nextAttemptAt: null };
  const after = state.status === 'banned' ? pardoned(next, now) : next;
  return { state: after, effects: [{ type: 'open', linked: state.linked }] };
}

/** A temporary ban that is over is an account as before: what was verified is active, and linking begins its five minutes anew. */
function pardoned(state: State, now: Date): State {
  if (!state.linked) return warming(state, now);
  if (!state.verifiedAt) return { ...warming(state, now), status: 'authenticating', authenticatedAt: null };
  return { ...state, status: 'active', connection: 'reconnecting', userAction: null };
}
