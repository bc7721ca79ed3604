/** Somebody set the wall clock. What is counted goes on as if nobody had: nothing runs out sooner, and nothing waits longer. */
import { type Next, type State, stay } from './state.js';

const TIMES = ['linkingSince', 'authenticatedAt', 'deadline', 'nextAttemptAt'] as const satisfies (keyof State)[];

export function clockMoved(state: State, byMs: number): Next {
  const moved = TIMES.map((key) => [key, state[key] && new Date(state[key].getTime() + byMs)]);
  return stay({ ...state, ...(Object.fromEntries(moved) as Pick<State, (typeof TIMES)[number]>) });
}
