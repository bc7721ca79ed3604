/**
 * Another phone was linked than the account had before, or one that another account here has. Noted as soon as it is known
 * (`differing`, `numberTaken`), acted on when the device can log in or log out (`settleConflict`): a device that has not
 * completed its link cannot be unlinked.
 */
import { comingBack } from './beginnings.js';
import { type AccountEvent, ended, type Next, parting, rest, type State, stay } from './state.js';

/** A question is open, or a device is to be unlinked again. */
export const inConflict = (state: State): boolean => state.linked && state.conflictPhoneNumber !== null;

/** Only a number that the engine told before is worth a question; and a LID that stays is the same person. */
export function isOtherPhone(state: State, told: { phoneNumber: string; lid: string | null }): boolean {
  if (state.phoneNumberSource !== 'engine' || state.phoneNumber === told.phoneNumber) return false;
  return state.lid === null || state.lid !== told.lid;
}

export function differing(state: State, phoneNumber: string, now: Date): Next {
  if (state.conflictPhoneNumber === phoneNumber) return stay(state);
  const noted = { ...state, conflictPhoneNumber: phoneNumber, conflictAccountId: null };
  return state.connection === 'connected' ? settleConflict(noted, now) : stay(noted);
}

type Taken = Extract<AccountEvent, { type: 'number-taken' }>;

/** One phone, one account. */
export function numberTaken(state: State, { phoneNumber, accountId, accountName }: Taken, now: Date): Next {
  if (!state.linked) return stay(state);
  const own = state.phoneNumber === phoneNumber ? { phoneNumber: null, phoneNumberSource: null } : {};
  const statusNote = `The number ${phoneNumber} belongs to the account “${accountName}” already. Use that one.`;
  const noted = { ...state, ...own, statusNote, conflictPhoneNumber: phoneNumber, conflictAccountId: accountId };
  const whole = state.connection === 'connected' || state.wanted === 'offline';
  return whole ? settleConflict(noted, now) : stay(noted);
}

/** For a state that is `inConflict`, once its device is whole. */
export function settleConflict(state: State, now: Date): Next {
  return state.conflictAccountId === null ? ask(state, now) : leave(state, now);
}

function ask(state: State, now: Date): Next {
  const { conflictPhoneNumber, phoneNumber } = state;
  const message = `The phone that was linked has the number ${conflictPhoneNumber}; this account had ${phoneNumber}.`;
  const [reason, action] = ['phone_number_conflict', 'confirm_number'] as const;
  return {
    state: rest(state, { ...ended(state, now), reason, userAction: action, statusNote: message }),
    effects: [{ type: 'close' }, { type: 'error', message, reason, action }],
  };
}

function leave(state: State, now: Date): Next {
  const message = state.statusNote ?? 'The number belongs to another account already. Use that one.';
  const [reason, action] = ['phone_number_taken', 'open_account'] as const;
  return {
    state: rest(state, { ...ended(state, now), ...unlinked, reason, userAction: action, statusNote: message }),
    effects: [...parting(state, 'logged_out'), { type: 'error', message, reason, action }],
  };
}

const unlinked = { linked: false, linkedAt: null, verifiedAt: null, authenticatedAt: null } as const;
const answered = { conflictPhoneNumber: null, conflictAccountId: null } as const;

/** The account goes on with the new phone. */
export function accept(state: State, now: Date): Next {
  if (!isAsked(state)) return stay(state);
  const number = { phoneNumber: state.conflictPhoneNumber, phoneNumberSource: 'engine' as const };
  const known = { ...state, ...number, ...answered, lid: null, pushName: null };
  return { state: comingBack(known, now), effects: [{ type: 'announce-number' }, { type: 'open', linked: true }] };
}

/** The new phone is unlinked again, and the account keeps its number. */
export function refuse(state: State, now: Date): Next {
  if (!isAsked(state)) return stay(state);
  const statusNote = `The phone with the number ${state.conflictPhoneNumber} was unlinked again. Link the right one.`;
  const over = { ...unlinked, ...answered, reason: 'logged_out', userAction: 'scan_qr', statusNote } as const;
  return { state: rest(state, { ...ended(state, now), ...over }), effects: parting(state, 'logged_out') };
}

const isAsked = (state: State): boolean =>
  inConflict(state) && state.conflictAccountId === null && state.wanted === 'offline';
