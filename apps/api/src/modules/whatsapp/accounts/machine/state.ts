import type { GenerationCause, Reason, UserAction } from '@trunkline/contracts';
import type { Identity } from '../../engines/engine.js';
import type { PhoneDigits } from '../../jid.js';
import type { AccountRow } from '../account.view.js';

/** The columns of an account that its machine owns. */
export type State = Pick<
  AccountRow,
  | 'wanted'
  | 'status'
  | 'connection'
  | 'reason'
  | 'userAction'
  | 'statusNote'
  | 'since'
  | 'linkingSince'
  | 'deadline'
  | 'deadlineKind'
  | 'attempt'
  | 'nextAttemptAt'
  | 'linked'
  | 'verifiedAt'
  | 'linkedAt'
  | 'authenticatedAt'
  | 'copiedFrom'
  | 'lastConnectedAt'
  | 'lastDisconnectedAt'
  | 'lastSeenConnectedAt'
  | 'phoneNumber'
  | 'phoneNumberSource'
  | 'conflictPhoneNumber'
  | 'conflictAccountId'
  | 'lid'
  | 'pushName'
>;

export const STATE_COLUMNS = [
  'wanted',
  'status',
  'connection',
  'reason',
  'userAction',
  'statusNote',
  'since',
  'linkingSince',
  'deadline',
  'deadlineKind',
  'attempt',
  'nextAttemptAt',
  'linked',
  'verifiedAt',
  'linkedAt',
  'authenticatedAt',
  'copiedFrom',
  'lastConnectedAt',
  'lastDisconnectedAt',
  'lastSeenConnectedAt',
  'phoneNumber',
  'phoneNumberSource',
  'conflictPhoneNumber',
  'conflictAccountId',
  'lid',
  'pushName',
] as const satisfies (keyof State)[];

export interface Closed {
  type: 'closed';
  reason: Reason;
  detail: string;
  retryAfterSeconds?: number | undefined;
  /** End of a temporary ban, milliseconds since 1970. */
  until?: number | undefined;
  /** The connection had shown a QR or a code. */
  codeShown?: boolean;
}

export type AccountEvent =
  /** A person wants it online; by code when a number is given. Also "try now" and "reconnect". */
  | { type: 'initialize'; pairByCode?: PhoneDigits }
  | { type: 'disconnect' }
  | { type: 'reset' }
  | { type: 'logout' }
  /** A person chose a saved state of the session, one that opens. */
  | { type: 'restore'; generationId: string }
  /** The number by hand, checked for form and against other accounts; E.164. */
  | { type: 'phone'; phoneNumber: string }
  /** Look for the number once more; one that is offline for want of it comes online for that, and leaves again without. */
  | { type: 'look-for-number' }
  /** A worker took the account's lease: nothing runs yet, whatever the state says. */
  | { type: 'claimed' }
  /** A QR or a code is on screen. */
  | { type: 'shown' }
  | { type: 'linked'; identity: Identity }
  /** The server accepted the login. */
  | { type: 'open' }
  /** The server answered a query of this connection. */
  | { type: 'verified' }
  | { type: 'identity'; identity: Identity }
  /** The number that the engine tells belongs to another account here. */
  | { type: 'number-taken'; phoneNumber: string; accountId: string; accountName: string }
  /** The person's answer when another phone than before was linked. */
  | { type: 'accept-number' }
  | { type: 'refuse-number' }
  /** Another proxy, or none; or its proxy is another now. */
  | { type: 'line-changed' }
  /** The connection was proved alive. */
  | { type: 'seen' }
  /** Another client version can be tried, after the network refused ours as too old. */
  | { type: 'version-found' }
  /** The engine's session is over; also: it was found deaf, or the vault's session is unfit. */
  | Closed
  /** Time has passed. */
  | { type: 'due' }
  /** Somebody set the wall clock, by so many milliseconds; no time has passed. */
  | { type: 'clock-moved'; byMs: number };

export type Effect =
  /** Open an engine session, after any older one has ended. */
  | { type: 'open'; linked: boolean; pairByCode?: PhoneDigits }
  /** End the engine session, if there is one. */
  | { type: 'close' }
  /** Unlink this device at WhatsApp, not waited for, then end the engine session. */
  | { type: 'unlink' }
  /** Put the session aside; it is kept for 30 days. */
  | { type: 'archive'; cause: ArchiveCause }
  /** Put the session aside and take that saved state instead, without its ratchets. */
  | { type: 'restore'; generationId: string }
  /** Keep a copy of the session as it is. */
  | { type: 'snapshot'; cause: 'linked' }
  /** Probe the server; say `verified`, or `closed` with `deaf`. */
  | { type: 'verify' }
  /** Look for the account's own number, unless that is under way. */
  | { type: 'find-number' }
  /** Find a client version that the network takes; say `version-found` if there is one. */
  | { type: 'renew-version' }
  | { type: 'fetch-groups' }
  | { type: 'announce-number' }
  | { type: 'error'; message: string; reason: Reason; action: UserAction | null };

/** `invalid`: the vault's own judgement; the others are told by a person or the network. */
export type ArchiveCause = Exclude<GenerationCause, 'linked' | 'daily' | 'upgrade' | 'replaced'>;

export interface Next {
  state: State;
  effects: Effect[];
}

export const LINKING_MS = 5 * 60_000;
export const NUMBER_MS = 60_000;

/** An engine runs, or is being opened. False while the next attempt is waited for. */
export const engineWanted = (state: State): boolean =>
  state.wanted === 'online' && state.connection !== 'offline' && state.nextAttemptAt === null;

export const isLinking = (state: State): boolean => state.status === 'warming' || state.status === 'authenticating';

export const stay = (state: State): Next => ({ state, effects: [] });

/** No engine, nothing to wait for; a person decides what comes next. */
export function rest(state: State, over: Partial<State> & { reason: Reason; statusNote: string }): State {
  return {
    ...state,
    wanted: 'offline',
    status: 'inactive',
    connection: 'offline',
    userAction: null,
    linkingSince: null,
    deadline: null,
    deadlineKind: null,
    attempt: 0,
    nextAttemptAt: null,
    ...over,
  };
}

/** When a connection ends: the time it ended, if it was one. */
export const ended = (state: State, now: Date): Pick<State, 'lastDisconnectedAt'> => ({
  lastDisconnectedAt: state.connection === 'connected' ? now : state.lastDisconnectedAt,
});

/** How a device leaves for good: unlinked at WhatsApp, its session kept aside. */
export const parting = (state: State, cause: 'reset' | 'logged_out'): Effect[] =>
  state.linked ? [{ type: 'unlink' }, { type: 'archive', cause }] : [{ type: 'close' }];
