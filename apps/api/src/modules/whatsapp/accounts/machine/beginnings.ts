/** How an account sets out to be online: to link a phone, or to come back with the session it has. */
import { LINKING_MS, type State } from './state.js';

export const warming = (state: State, now: Date): State => ({
  ...opening(state),
  status: 'warming',
  connection: 'connecting',
  linkingSince: now,
  conflictPhoneNumber: null,
  conflictAccountId: null,
  deadline: new Date(now.getTime() + LINKING_MS),
  deadlineKind: 'linking',
});

/** It has a session: it was verified once, or linking goes on where it stopped. */
export function comingBack(state: State, now: Date): State {
  if (state.verifiedAt && (state.phoneNumber || state.status === 'active')) {
    const connection = state.connection === 'offline' ? 'connecting' : state.connection;
    return { ...opening(state), status: 'active', connection, deadline: null, deadlineKind: null };
  }
  return { ...warming(state, now), status: 'authenticating', authenticatedAt: null };
}

const opening = (state: State): State => ({
  ...state,
  wanted: 'online',
  reason: 'none',
  userAction: null,
  statusNote: null,
  attempt: 0,
  nextAttemptAt: null,
});
