/**
 * How an account lives: a pure function from a state and an event to the next state and what is to be done.
 *
 * Three values, never mixed. `wanted` is what a person asked for. `status` is one of the user's five. `connection` is what
 * there is now.
 *
 * - `inactive`: no engine runs. Entered at birth, by disconnect, reset and logout, and when something needs a person:
 *   `reason` says what happened and `userAction` what mends it. Left by `initialize`.
 * - `warming`: wanted online and not linked. An engine shows QRs or a code. Left by a scan (`linked`), or by the deadline
 *   of five minutes (R2.1).
 * - `authenticating`: linked and not yet verified. The server ends the first connection (`restart_required`) and the next
 *   one logs in; `open` is probed, and a probe that is answered is `verified`. From here on the number is looked for
 *   (R1.1), 60 s at most (R1.4). Left for `active` when verified and the number is known.
 * - `active`: linked, wanted online, verified once since linking. Drops, crashes and restarts happen inside `active`: the
 *   connection is `reconnecting`, and a next attempt has a time. It never goes back to warming or authenticating.
 * - `banned`: no engine runs. A temporary ban ends at a known time and is then tried by itself.
 *
 * A phone that has another number than the account had is not believed: the link is completed, and then the account is
 * `inactive` until a person says which number it shall be. One that another account here has is unlinked again. Both wait
 * until the device is whole, since nothing else can be unlinked (`conflict.ts`).
 *
 * An engine runs, or is to be opened, exactly when `engineWanted(state)`. `connected` is set by `verified` alone. Deadlines
 * and next attempts are times in the state: whoever sees that one has passed says `due`, so a restart loses none. An event
 * that says what is already so changes nothing.
 */
import * as commands from './commands.js';
import * as conflict from './conflict.js';
import { closed, versionFound } from './closed.js';
import { believed, clockMoved } from './clock.moved.js';
import { due } from './due.js';
import { lookForNumber } from './number.search.js';
import * as engine from './engine.events.js';
import { restore } from './restore.js';
import { lineChanged } from './line.js';
import type { AccountEvent, Next, State } from './state.js';

export * from './state.js';
export { refusal } from './commands.js';

/** @param random from 0 up to 1, for the jitter of back-off */
export function step(state: State, event: AccountEvent, now: Date, random: number): Next {
  const next = dispatch(state, event, now, random);
  const moved = MOVES.some((key) => next.state[key] !== state[key]);
  return moved ? { ...next, state: { ...next.state, since: now } } : next;
}

/** A change of one of these begins a new stretch of time, which `since` counts from. */
const MOVES = ['wanted', 'status', 'connection', 'reason'] as const;

function dispatch(state: State, event: AccountEvent, now: Date, random: number): Next {
  switch (event.type) {
    case 'initialize':
      return commands.initialize(state, event, now);
    case 'disconnect':
      return commands.disconnect(state, now);
    case 'reset':
      return commands.reset(state, now);
    case 'logout':
      return commands.logout(state, now);
    case 'restore':
      return restore(state, event, now);
    case 'phone':
      return commands.phone(state, event, now);
    case 'look-for-number':
      return lookForNumber(state, now);
    case 'claimed':
      return commands.claimed(believed(state, now), now);
    case 'shown':
      return engine.shown(state);
    case 'linked':
      return engine.linked(state, event, now);
    case 'open':
      return engine.open(state, now);
    case 'verified':
      return engine.verified(state, now);
    case 'identity':
      return engine.identity(state, event.identity, now);
    case 'number-taken':
      return conflict.numberTaken(state, event, now);
    case 'accept-number':
      return conflict.accept(state, now);
    case 'refuse-number':
      return conflict.refuse(state, now);
    case 'version-found':
      return versionFound(state);
    case 'line-changed':
      return lineChanged(state, now);
    case 'seen':
      return engine.seen(state, now);
    case 'closed':
      return closed(state, event, now, random);
    case 'due':
      return due(state, now);
    case 'clock-moved':
      return clockMoved(state, event.byMs);
  }
}
