/** What the engine says while it runs. An event of a connection that is not wanted any more changes nothing. */
import type { Identity } from '../../engines/engine.js';
import { e164 } from '../../jid.js';
import { differing, inConflict, isOtherPhone, settleConflict } from './conflict.js';
import { stillWrong } from './number.search.js';
import {
  type AccountEvent,
  type Effect,
  engineWanted,
  LINKING_MS,
  type Next,
  NUMBER_MS,
  type State,
  stay,
} from './state.js';

type Event<T extends AccountEvent['type']> = Extract<AccountEvent, { type: T }>;

/** What went wrong before is over; how often it was tried is not forgotten. */
export function shown(state: State): Next {
  if (state.status !== 'warming' || !engineWanted(state) || state.reason === 'none') return stay(state);
  return stay({ ...state, reason: 'none', statusNote: null, userAction: null });
}

export function linked(state: State, event: Event<'linked'>, now: Date): Next {
  if (state.status !== 'warming') return stay(state);
  const after: State = {
    ...state,
    status: 'authenticating',
    linked: true,
    linkedAt: now,
    authenticatedAt: now,
    verifiedAt: null,
    copiedFrom: null,
    reason: 'none',
    attempt: 0,
  };
  const told = identity(after, event.identity, now);
  return {
    state: deadlineOfNumber(told.state),
    // Whoever it is that has no number yet: the account may have one, of another phone.
    effects: [...told.effects, ...(event.identity.phone ? [] : [FIND_NUMBER])],
  };
}

export function open(state: State, now: Date): Next {
  if (!engineWanted(state)) return stay(state);
  return inConflict(state) ? settleConflict(state, now) : { state, effects: [{ type: 'verify' }] };
}

export function verified(state: State, now: Date): Next {
  // A connection that shows a QR answers queries too; it proves nothing about the account.
  if (!engineWanted(state) || state.status === 'warming' || state.connection === 'connected') return stay(state);
  if (inConflict(state)) return settleConflict(state, now);
  const connected: State = {
    ...state,
    connection: 'connected',
    verifiedAt: state.verifiedAt ?? now,
    authenticatedAt: state.authenticatedAt ?? now,
    lastConnectedAt: now,
    lastSeenConnectedAt: now,
    ...stillWrong(state),
    attempt: 0,
  };
  // Only now the session is whole: the first login has made its prekeys.
  const copy: Effect[] = state.verifiedAt === null ? [{ type: 'snapshot', cause: 'linked' }] : [];
  return { state: settle(connected), effects: [...copy, { type: 'fetch-groups' }, ...seek(connected)] };
}

/** What the engine knows of itself wins over what a person entered; another phone than before is a question. */
export function identity(state: State, known: Identity, now: Date): Next {
  const told = known.phone && e164(known.phone);
  if (told && isOtherPhone(state, { phoneNumber: told, lid: known.lid })) return differing(state, told, now);
  const phoneNumber = told ?? state.phoneNumber;
  const learnt: State = {
    ...state,
    phoneNumber,
    phoneNumberSource: known.phone ? 'engine' : state.phoneNumberSource,
    // The LID is that of the number: another one, without its number, may be another person's.
    lid: told !== null || state.phoneNumber === null ? (known.lid ?? state.lid) : state.lid,
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
    return { ...state, ...stillWrong(state), status: 'active', deadline: null, deadlineKind: null, linkingSince: null };
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

const FIND_NUMBER: Effect = { type: 'find-number' };
const seek = (state: State): Effect[] => (state.phoneNumber === null ? [FIND_NUMBER] : []);

export function seen(state: State, now: Date): Next {
  return state.connection === 'connected' ? stay({ ...state, lastSeenConnectedAt: now }) : stay(state);
}
