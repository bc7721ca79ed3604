/** What the engine says while it runs. An event of a connection that is not wanted any more changes nothing. */
import type { Identity } from '../../engines/engine.js';
import { e164 } from '../../jid.js';
import {
  type AccountEvent,
  type Effect,
  ended,
  engineWanted,
  LINKING_MS,
  type Next,
  NUMBER_MS,
  rest,
  type State,
  stay,
} from './state.js';

type Event<T extends AccountEvent['type']> = Extract<AccountEvent, { type: T }>;

export function linked(state: State, event: Event<'linked'>, now: Date): Next {
  if (state.status !== 'warming') return stay(state);
  const after: State = {
    ...state,
    status: 'authenticating',
    linked: true,
    linkedAt: now,
    authenticatedAt: now,
    verifiedAt: null,
    reason: 'none',
    attempt: 0,
  };
  const told = identity(after, event.identity);
  return {
    state: deadlineOfNumber(told.state),
    effects: [...told.effects, ...seek(told.state)],
  };
}

export const open = (state: State): Next => ({ state, effects: engineWanted(state) ? [{ type: 'verify' }] : [] });

export function verified(state: State, now: Date): Next {
  // A connection that shows a QR answers queries too; it proves nothing about the account.
  if (!engineWanted(state) || state.status === 'warming' || state.connection === 'connected') return stay(state);
  const connected: State = {
    ...state,
    connection: 'connected',
    verifiedAt: state.verifiedAt ?? now,
    authenticatedAt: state.authenticatedAt ?? now,
    lastConnectedAt: now,
    lastSeenConnectedAt: now,
    reason: 'none',
    userAction: null,
    statusNote: null,
    attempt: 0,
  };
  // Only now the session is whole: the first login has made its prekeys.
  const copy: Effect[] = state.verifiedAt === null ? [{ type: 'snapshot', cause: 'linked' }] : [];
  return { state: settle(connected), effects: [...copy, { type: 'fetch-groups' }, ...seek(connected)] };
}

/** What the engine knows of itself wins over what a person entered. */
export function identity(state: State, known: Identity): Next {
  const phoneNumber = known.phone ? e164(known.phone) : state.phoneNumber;
  const learnt: State = {
    ...state,
    phoneNumber,
    phoneNumberSource: known.phone ? 'engine' : state.phoneNumberSource,
    lid: known.lid ?? state.lid,
    pushName: known.pushName ?? state.pushName,
  };
  const changed = learnt.phoneNumber !== state.phoneNumber || learnt.pushName !== state.pushName;
  const confirmed = learnt.phoneNumberSource !== state.phoneNumberSource;
  const effects: Effect[] = [...contradiction(state, phoneNumber)];
  if (phoneNumber !== null && (changed || confirmed)) effects.push({ type: 'announce-number' });
  return { state: settle(learnt), effects };
}

function contradiction(state: State, phoneNumber: string | null): Effect[] {
  if (state.phoneNumberSource !== 'manual' || state.phoneNumber === phoneNumber) return [];
  const message = `WhatsApp says this account has the number ${phoneNumber}, not ${state.phoneNumber} as entered by hand.`;
  return [{ type: 'error', message, reason: 'phone_number_conflict', action: null }];
}

/** Verified and the number known: linking is over. Until then the deadline says which of the two is missing. */
function settle(state: State): State {
  if (state.status !== 'authenticating') return state;
  if (state.connection === 'connected' && state.phoneNumber !== null) {
    return { ...state, status: 'active', deadline: null, deadlineKind: null, linkingSince: null };
  }
  return deadlineOfNumber(state);
}

function deadlineOfNumber(state: State): State {
  const { authenticatedAt, linkingSince } = state;
  if (state.phoneNumber === null && authenticatedAt) {
    return { ...state, deadline: new Date(authenticatedAt.getTime() + NUMBER_MS), deadlineKind: 'phone_number' };
  }
  return linkingSince
    ? { ...state, deadline: new Date(linkingSince.getTime() + LINKING_MS), deadlineKind: 'linking' }
    : state;
}

const seek = (state: State): Effect[] => (state.phoneNumber === null ? [{ type: 'find-number' }] : []);

/** One phone, one account: the new device is unlinked again and its session put aside. */
export function numberTaken(state: State, { phoneNumber, accountName }: Event<'number-taken'>, now: Date): Next {
  if (!state.linked) return stay(state);
  const message = `The number ${phoneNumber} belongs to the account “${accountName}” already. Use that one.`;
  const after = rest(state, {
    ...ended(state, now),
    linked: false,
    linkedAt: null,
    verifiedAt: null,
    authenticatedAt: null,
    reason: 'phone_number_conflict',
    userAction: 'retry_initialize',
    statusNote: message,
  });
  return {
    state: after,
    effects: [
      { type: 'unlink' },
      { type: 'archive', cause: 'logged_out' },
      { type: 'error', message, reason: 'phone_number_conflict', action: 'retry_initialize' },
    ],
  };
}

export function seen(state: State, now: Date): Next {
  return state.connection === 'connected' ? stay({ ...state, lastSeenConnectedAt: now }) : stay(state);
}
