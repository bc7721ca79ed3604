/** A connection ended, or could not begin. The class of the reason decides who acts: see `REASONS` in the contracts. */
import { type Reason, REASONS, type UserAction } from '@trunkline/contracts';
import { backOff } from './backoff.js';
import { inConflict, settleConflict } from './conflict.js';
import { minuteOf, noteOf, NOTES, ORIGINAL_RUNS } from './notes.js';
import {
  type ArchiveCause,
  type Closed,
  type Effect,
  ended,
  engineWanted,
  type Next,
  rest,
  type State,
  stay,
} from './state.js';

export function closed(state: State, event: Closed, now: Date, random: number): Next {
  if (!engineWanted(state)) return stay(state);
  // Also when a person would have to be asked about the end: the question about the number comes first.
  if (inConflict(state) && !ENDS_SESSION[event.reason]) return settleConflict(state, now);
  if (event.reason === 'restart_required' && state.attempt === 0) return again(state, now);
  if (event.reason === 'temporarily_banned') return bannedUntil(state, event.until ?? now.getTime() + BAN_MS, now);
  if (event.reason === 'unlinked' && isUnfinished(state))
    return stopped(state, { ...event, reason: 'linking_refused' }, now);
  if (isRefusedAgain(state, event)) return stopped(state, { ...event, reason: 'qr_refused' }, now);
  if (REASONS[event.reason] === 'transient') return later(state, event, now, random);
  return stopped(state, event, now);
}

const QR_REFUSALS = 3;
/** How a server that wants nothing of a device ends its connection, instead of saying so. */
const ENDINGS: ReadonlySet<Reason> = new Set(['connection_closed', 'restart_required', 'server_error']);

/** A QR after a QR was shown, and the server ended the connection each time: no next one will be liked better. */
const isRefusedAgain = (state: State, { reason, codeShown }: Closed): boolean =>
  state.status === 'warming' && codeShown === true && ENDINGS.has(reason) && state.attempt + 1 >= QR_REFUSALS;

/** A ban for a while whose end nobody told is looked at again after so long. */
const BAN_MS = 3_600_000;
/** And one that is said to be over already after so long: by the clocks of two machines it may not be. */
const LEAST_BAN_MS = 60_000;

/** Its phone has answered, and the server has never let it in: it does not know the device, or not any more. */
const isUnfinished = (state: State): boolean => state.status === 'authenticating' && state.verifiedAt === null;

/** The server asked for a new connection, as it does after a scan: at once, but one that asks again and again is waited for. */
const again = (state: State, now: Date): Next => ({
  state: { ...state, ...ended(state, now), connection: resuming(state), attempt: 1 },
  effects: [{ type: 'open', linked: state.linked }],
});

const resuming = (state: State): 'connecting' | 'reconnecting' => (state.verifiedAt ? 'reconnecting' : 'connecting');

function later(state: State, event: Closed, now: Date, random: number): Next {
  const attempt = state.attempt + 1;
  const delay = backOff(event.reason, attempt, random, event.retryAfterSeconds);
  const after: State = {
    ...state,
    ...ended(state, now),
    connection: resuming(state),
    reason: event.reason,
    statusNote: NOTES[event.reason],
    attempt,
    nextAttemptAt: new Date(now.getTime() + delay),
  };
  return { state: after, effects: event.reason === 'client_outdated' ? [{ type: 'renew-version' }] : [] };
}

/** Once for each version: one that is refused as well is waited for, and looked up again at the next attempt. */
export function versionFound(state: State): Next {
  if (state.reason !== 'client_outdated' || state.nextAttemptAt === null || state.wanted === 'offline')
    return stay(state);
  return { state: { ...state, nextAttemptAt: null }, effects: [{ type: 'open', linked: state.linked }] };
}

/** Tried again by itself when the ban is over; until then no engine runs. */
function bannedUntil(state: State, told: number, now: Date): Next {
  const until = Math.max(told, now.getTime() + LEAST_BAN_MS);
  const statusNote = `${NOTES.temporarily_banned} It ends ${minuteOf(until)}; the account is tried again then.`;
  return {
    state: {
      ...state,
      ...ended(state, now),
      status: 'banned',
      connection: 'offline',
      reason: 'temporarily_banned',
      userAction: 'wait',
      statusNote,
      deadline: null,
      deadlineKind: null,
      nextAttemptAt: new Date(until),
    },
    effects: [{ type: 'error', message: statusNote, reason: 'temporarily_banned', action: 'wait' }],
  };
}

/** What mends it, where trying again does not. */
const ACTIONS: Partial<Record<Reason, UserAction>> = {
  qr_expired: 'retry_initialize',
  linking_timeout: 'retry_initialize',
  linking_refused: 'retry_initialize',
  qr_refused: 'retry_initialize',
  passkey_required: 'retry_initialize',
  number_changed: 'scan_qr',
  replaced: 'take_over',
  logged_out: 'scan_qr',
  unlinked: 'scan_qr',
  multi_device_mismatch: 'scan_qr',
  session_missing: 'scan_qr',
  session_incomplete: 'scan_qr',
  session_corrupted: 'scan_qr',
  session_expired: 'try_session',
  temporarily_banned: 'wait',
  banned: 'contact_whatsapp',
};

/** This session cannot be used again: a new scan is needed. Kept aside, never deleted. */
const ENDS_SESSION: Partial<Record<Reason, ArchiveCause>> = {
  logged_out: 'logged_out',
  unlinked: 'unlinked',
  number_changed: 'unlinked',
  multi_device_mismatch: 'unlinked',
  linking_refused: 'unlinked',
  session_missing: 'invalid',
  session_incomplete: 'invalid',
  session_corrupted: 'invalid',
};
/** Whose number it was is no question any more. */
const answered = { conflictPhoneNumber: null, conflictAccountId: null } as const;
const BANS: ReadonlySet<Reason> = new Set(['banned', 'temporarily_banned']);

function stopped(state: State, { reason, detail }: Closed, now: Date): Next {
  const action = ACTIONS[reason] ?? 'reconnect';
  const isOriginal = reason === 'replaced' && state.copiedFrom !== null;
  const note = isOriginal ? ORIGINAL_RUNS[state.copiedFrom!] : noteOf(reason, detail);
  const copiedFrom = isOriginal ? null : state.copiedFrom;
  const over = { ...ended(state, now), reason, statusNote: note, userAction: action, copiedFrom };
  const error: Effect = { type: 'error', message: note, reason, action };
  const cause = ENDS_SESSION[reason];
  if (cause && state.linked) {
    const unlinked = { ...answered, linked: false, verifiedAt: null, linkedAt: null, authenticatedAt: null };
    return { state: rest(state, { ...over, ...unlinked }), effects: [{ type: 'archive', cause }, error] };
  }
  const after = rest(state, over);
  return { state: BANS.has(reason) ? { ...after, status: 'banned' } : after, effects: [error] };
}
