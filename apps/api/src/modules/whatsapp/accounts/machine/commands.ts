/** What a person asks of an account. Each is safe to run twice. */
import type { ErrorCode } from '@trunkline/contracts';
import { comingBack, warming } from './beginnings.js';
import { inConflict, settleConflict } from './conflict.js';
import { stillWrong } from './number.search.js';
import {
  type AccountEvent,
  type Effect,
  ended,
  engineWanted,
  type Next,
  parting,
  rest,
  type State,
  stay,
} from './state.js';

type Event<T extends AccountEvent['type']> = Extract<AccountEvent, { type: T }>;

/** Why a command cannot be taken in this state; undefined when it can. */
export function refusal(state: State, event: AccountEvent): { code: ErrorCode; message: string } | undefined {
  if (event.type === 'initialize' && event.pairByCode && state.linked) {
    return {
      code: 'account_already_linked',
      message: 'The account is linked already. Reset it or log it out first to link it anew.',
    };
  }
  if (event.type === 'initialize' && state.reason === 'phone_number_conflict') {
    return {
      code: 'conflict',
      message:
        'Another phone than before was linked. Say first which number it shall be: accept-number or refuse-number.',
    };
  }
  return undefined;
}

export function initialize(state: State, event: Event<'initialize'>, now: Date): Next {
  if (event.pairByCode && state.status === 'warming') return restartByCode(state, event.pairByCode, now);
  if (engineWanted(state)) return stay(state);
  // What is asked stays asked; what ended before it could be is asked now.
  if (inConflict(state)) return state.reason === 'phone_number_conflict' ? stay(state) : settleConflict(state, now);
  const { pairByCode } = event;
  const open: Effect = { type: 'open', linked: state.linked, ...(pairByCode ? { pairByCode } : {}) };
  return { state: state.linked ? comingBack(state, now) : warming(state, now), effects: [open] };
}

/** Another engine session shows the code; the five minutes begin again. */
const restartByCode = (state: State, pairByCode: NonNullable<Event<'initialize'>['pairByCode']>, now: Date): Next => ({
  state: warming(state, now),
  effects: [{ type: 'open', linked: false, pairByCode }],
});

export function disconnect(state: State, now: Date): Next {
  if (state.wanted === 'offline') return stay(state);
  const userAction = state.linked ? 'reconnect' : 'retry_initialize';
  const note = { reason: 'disconnected_by_user', statusNote: 'Disconnected by user', userAction } as const;
  return { state: rest(state, { ...ended(state, now), ...note }), effects: [{ type: 'close' }] };
}

export function reset(state: State, now: Date): Next {
  const after = rest(state, {
    ...forgotten(state, now),
    phoneNumber: null,
    phoneNumberSource: null,
    reason: 'reset_by_user',
    userAction: 'retry_initialize',
    statusNote: 'Account reset by user',
  });
  return { state: after, effects: parting(state, 'reset') };
}

export function logout(state: State, now: Date): Next {
  if (!state.linked && state.wanted === 'offline') return stay(state);
  const after = rest(state, {
    ...forgotten(state, now),
    reason: 'logged_out',
    userAction: 'scan_qr',
    statusNote: 'Logged out by user. The phone no longer lists this device.',
  });
  return { state: after, effects: parting(state, 'logged_out') };
}

const forgotten = (state: State, now: Date) => ({
  ...ended(state, now),
  linked: false,
  verifiedAt: null,
  linkedAt: null,
  authenticatedAt: null,
  conflictPhoneNumber: null,
  conflictAccountId: null,
  lid: null,
  pushName: null,
});

/** The number by hand stands until the engine says otherwise. Where only the number was missing the account goes on. */
export function phone(state: State, { phoneNumber }: Event<'phone'>, now: Date): Next {
  if (state.phoneNumber === phoneNumber) return stay(state);
  const known: State = { ...state, phoneNumber, phoneNumberSource: 'manual' };
  const announce: Effect = { type: 'announce-number' };
  if (state.reason === 'phone_number_missing' && state.linked && !engineWanted(state)) {
    return { state: comingBack(known, now), effects: [announce, { type: 'open', linked: true }] };
  }
  if (state.status === 'authenticating' && state.connection === 'connected') {
    return {
      state: {
        ...known,
        ...stillWrong(known),
        status: 'active',
        deadline: null,
        deadlineKind: null,
        linkingSince: null,
      },
      effects: [announce],
    };
  }
  return { state: known, effects: [announce] };
}

/** Whatever the last owner left: nothing runs now, and what is wanted is begun. */
export function claimed(state: State, now: Date): Next {
  if (state.wanted === 'offline' || state.status === 'banned' || state.status === 'inactive') return stay(state);
  if (inConflict(state)) return settleConflict(state, now);
  const connection = state.verifiedAt ? 'reconnecting' : 'connecting';
  if (state.nextAttemptAt !== null) return stay({ ...state, connection });
  return { state: { ...state, connection }, effects: [{ type: 'open', linked: state.linked }] };
}
