/**
 * Mends a fault of whatsapp-rust-bridge 0.5.4: when a message on an archived session is decrypted, that session is
 * written over the current one instead of taking its place in front of it. A session that was just opened (after a
 * retry receipt, say) is then gone, and nothing the peer writes on it can ever be read.
 *
 * A record is a protobuf: the current session (1) and the archived ones, newest first (2). A session is known by the
 * base key of who began it (13).
 */
import { codec, definitions } from './proto.js';

interface SessionRecordStructure {
  currentSession?: Uint8Array;
  previousSessions?: Uint8Array[];
}

const root = definitions(`
  message Record { optional bytes currentSession = 1; repeated bytes previousSessions = 2; }
  message Session { optional bytes aliceBaseKey = 13; }
`);
const record = codec<SessionRecordStructure>(root, 'Record');
const session = codec<{ aliceBaseKey?: Uint8Array }>(root, 'Session');

const MOST_ARCHIVED = 40;

/** The record `after`, with every session of `before` that it has lost, and each session once. */
export function keepSessions(before: Uint8Array | undefined, after: Uint8Array): Uint8Array {
  if (!before) return after;
  const [current, ...archived] = sessionsOf(after);
  if (!current) return after;
  const kept = new Map<string, Uint8Array>([[nameOf(current), current]]);
  const [former] = sessionsOf(before);
  const isPromotion = former !== undefined && nameOf(former) !== nameOf(current);
  // The former current session is the newest of the archived ones; the rest stay in their order.
  const candidates = [...(isPromotion ? [former] : []), ...archived, ...sessionsOf(before)];
  for (const each of candidates) if (!kept.has(nameOf(each))) kept.set(nameOf(each), each);
  const [, ...previousSessions] = [...kept.values()].slice(0, MOST_ARCHIVED + 1);
  return record.encode({ currentSession: current, previousSessions });
}

function sessionsOf(bytes: Uint8Array): Uint8Array[] {
  const { currentSession, previousSessions = [] } = record.decode(bytes);
  return currentSession ? [currentSession, ...previousSessions] : previousSessions;
}

const nameOf = (bytes: Uint8Array) => Buffer.from(session.decode(bytes).aliceBaseKey ?? []).toString('hex');
