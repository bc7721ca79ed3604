/** Somebody set the wall clock. What is counted goes on as if nobody had: nothing runs out sooner, and nothing waits longer. */
import { LONGEST_MS } from './backoff.js';
import { LINKING_MS, type Next, NUMBER_MS, type State, stay } from './state.js';

const TIMES = ['linkingSince', 'authenticatedAt', 'deadline', 'nextAttemptAt'] as const satisfies (keyof State)[];

export function clockMoved(state: State, byMs: number): Next {
  const moved = TIMES.map((key) => [key, state[key] && new Date(state[key].getTime() + byMs)]);
  return stay({ ...state, ...(Object.fromEntries(moved) as Pick<State, (typeof TIMES)[number]>) });
}

/**
 * The state as an owner finds it. A clock that was ahead when it was written, of another machine or of this one before it was
 * stopped, would have it waited for until then. The end of a ban was told by the server, and may be far away.
 */
export function believed(state: State, now: Date): State {
  const within = (at: Date | null, ms: number) => at && new Date(Math.min(at.getTime(), now.getTime() + ms));
  return {
    ...state,
    linkingSince: within(state.linkingSince, 0),
    authenticatedAt: within(state.authenticatedAt, 0),
    deadline: within(state.deadline, state.deadlineKind === 'phone_number' ? NUMBER_MS : LINKING_MS),
    nextAttemptAt: state.status === 'banned' ? state.nextAttemptAt : within(state.nextAttemptAt, LONGEST_MS),
  };
}
