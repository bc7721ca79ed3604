/**
 * What an event of an account says to a person: what happened, and what is done about it. Undefined for what is no news,
 * such as a change of notes.
 */
import type { AnyEvent, EventName, EventPayload, TimelineEntry, UserAction } from '@trunkline/contracts';
import { minuteOf, NOTES } from '../machine/notes.js';

export type Sentence = Pick<TimelineEntry, 'tone' | 'text' | 'done'> & { reason: string | null };

/** By name of the event, for what is news of an account; it is made of these alone. */
const SENTENCES: { [N in EventName]?: (payload: EventPayload<N>) => Sentence } = {
  'account.created': () => plain('neutral', 'The account was added.'),
  'account.status': ofStatus,
  'account.qr': () => plain('neutral', 'A QR code was shown.'),
  'account.pairing_code': () => plain('neutral', 'A pairing code was shown.'),
  'account.phone_number': ({ phoneNumber, source }) => {
    const by = source === 'engine' ? 'WhatsApp says so' : 'entered by hand; WhatsApp has not confirmed it yet';
    return plain('note', `Its phone number is ${phoneNumber} (${by}).`);
  },
  'account.error': ({ message, reason, action }) => ({
    tone: 'bad',
    text: message,
    done: action && ADVICE[action],
    reason,
  }),
  'account.session_restored': ({ because, number, savedAt }) => {
    const of = `(number ${number}, of ${minuteOf(savedAt)})`;
    return because === 'chosen'
      ? plain('note', `A saved state of its session was restored ${of}.`)
      : plain('warn', 'Its session was broken.', `Its last good copy was restored ${of}; no scan is needed.`);
  },
  'account.proxy': ({ proxy }) =>
    proxy.proxyId === null
      ? plain('note', 'It was given no proxy: it goes straight to the network.')
      : plain('note', `It was given a proxy${proxy.poolId ? ' of a pool' : ''}: nothing of it goes by another way.`),
  'governor.hold': ({ hold }) =>
    plain('warn', hold.message, `It goes on by itself, at ${minuteOf(hold.until)} at the latest.`, hold.code),
  'governor.lifted': ({ code }) => plain('good', 'A limit of WhatsApp is over. What it kept back goes on.', null, code),
  'health.finding': ({ kind, message, mend }) => ({ tone: 'warn', text: message, done: mend, reason: kind }),
};

export const NEWS = Object.keys(SENTENCES) as EventName[];

export function sentenceOf({ event, payload }: AnyEvent): Sentence | undefined {
  return (SENTENCES[event] as ((payload: unknown) => Sentence) | undefined)?.(payload);
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
