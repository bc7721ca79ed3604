/**
 * What an event of an account says to a person: what happened, and what is done about it. Undefined for what is no news,
 * such as a change of notes.
 */
import type { AnyEvent, EventPayload, TimelineEntry, UserAction } from '@trunkline/contracts';
import { NOTES } from '../machine/notes.js';

export type Sentence = Pick<TimelineEntry, 'tone' | 'text' | 'done'> & { reason: string | null };

export function sentenceOf(event: AnyEvent): Sentence | undefined {
  switch (event.event) {
    case 'account.created':
      return plain('neutral', 'The account was added.');
    case 'account.status':
      return ofStatus(event.payload);
    case 'account.qr':
      return plain('neutral', 'A QR code was shown.');
    case 'account.pairing_code':
      return plain('neutral', 'A pairing code was shown.');
    case 'account.phone_number': {
      const { phoneNumber, source } = event.payload;
      const by = source === 'engine' ? 'WhatsApp says so' : 'entered by hand; WhatsApp has not confirmed it yet';
      return plain('note', `Its phone number is ${phoneNumber} (${by}).`);
    }
    case 'account.error': {
      const { message, reason, action } = event.payload;
      return { tone: 'bad', text: message, done: action && ADVICE[action], reason };
    }
    case 'account.session_restored': {
      const { because, number, savedAt } = event.payload;
      const of = `(number ${number}, of ${savedAt})`;
      return because === 'chosen'
        ? plain('note', `A saved state of its session was restored ${of}.`)
        : plain('warn', 'Its session was broken.', `Its last good copy was restored ${of}; no scan is needed.`);
    }
    case 'health.finding':
      return { tone: 'warn', text: event.payload.message, done: event.payload.mend, reason: event.payload.kind };
    default:
      return undefined;
  }
}

const plain = (tone: Sentence['tone'], text: string, done: string | null = null, reason: string | null = null) => ({
  tone,
  text,
  done,
  reason,
});

function ofStatus({ state, statusNote }: EventPayload<'account.status'>): Sentence {
  const { status, connection, reason, userAction, nextAttemptAt, attempt } = state;
  const why = statusNote ?? NOTES[reason];
  if (connection === 'connected') {
    return status === 'active'
      ? plain('good', 'It is connected.')
      : plain('note', 'It is connected. Its phone number is being looked for.');
  }
  if (status === 'banned') return plain('bad', why, userAction && ADVICE[userAction], reason);
  if (state.wanted === 'offline') {
    const advice = userAction && ADVICE[userAction];
    return plain(BY_PERSON.has(reason) ? 'neutral' : 'bad', why || 'It is offline.', advice, reason);
  }
  if (nextAttemptAt) return plain('warn', why, `It is tried again by itself: attempt ${attempt}.`, reason);
  if (status === 'warming')
    return plain('neutral', 'A phone can be linked: a QR code or a pairing code is being made.');
  if (status === 'authenticating') return plain('note', 'A phone was linked. The link is being verified.');
  return attempt > 0
    ? plain('warn', `It is being connected: attempt ${attempt}.`, null, reason)
    : plain('neutral', 'It is being connected with the session that was kept.');
}

const BY_PERSON: ReadonlySet<string> = new Set(['disconnected_by_user', 'reset_by_user', 'logged_out', 'none']);

/** What a person can do, as a sentence. */
const ADVICE: Record<UserAction, string> = {
  update_phone: 'Enter its phone number by hand.',
  confirm_number: 'Say whether the new number is right.',
  open_account: 'Use the account that has this number.',
  retry_initialize: 'It can be linked again.',
  reconnect: 'It can be connected again; no scan is needed.',
  reset: 'It can be reset.',
  try_session: 'The saved session can be tried before a new scan.',
  scan_qr: 'A new QR code has to be scanned.',
  take_over: 'It can be used here again.',
  wait: 'Nothing has to be done.',
  contact_whatsapp: 'Only WhatsApp can lift this.',
};
