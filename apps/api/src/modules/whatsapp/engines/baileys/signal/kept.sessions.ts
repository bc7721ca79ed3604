/**
 * Mends a fault of whatsapp-rust-bridge 0.5.4: when a message on an archived session is decrypted, that session is written
 * over the current one instead of going in front of it. A session that was just opened (after a retry receipt, or because
 * both sides began at once) would be lost, and nothing that the peer writes on it could ever be read.
 *
 * A record holds the current session (field 1) and the archived ones, newest first (field 2); a session is known by the
 * base key of who began it (field 13).
 */
import { bytesField, eachField, readFields } from './protobuf.js';

const CURRENT = 1;
const ARCHIVED = 2;
const BASE_KEY = 13;
const MOST_ARCHIVED = 40;

/** The record `after`, with every session of `before` that it has lost. */
export function keepSessions(before: Uint8Array | null, after: Uint8Array): Uint8Array {
  if (!before) return after;
  const [former, now] = [sessionsOf(before), sessionsOf(after)];
  // Nearly always the same session went on, and nothing can be lost.
  if (!former.current || !now.current || nameOf(former.current) === nameOf(now.current)) return after;
  const kept = new Map<string, Uint8Array>();
  for (const each of [former.current, ...now.archived, ...former.archived]) {
    if (!kept.has(nameOf(each))) kept.set(nameOf(each), each);
  }
  kept.delete(nameOf(now.current));
  const archived = [...kept.values()].slice(0, MOST_ARCHIVED).map((each) => bytesField(ARCHIVED, each));
  return Buffer.concat([bytesField(CURRENT, now.current), ...archived]);
}

function sessionsOf(record: Uint8Array): { current: Uint8Array | undefined; archived: Uint8Array[] } {
  let current: Uint8Array | undefined;
  const archived: Uint8Array[] = [];
  for (const [number, value] of eachField(record)) {
    if (!(value instanceof Uint8Array)) continue;
    if (number === CURRENT) current = value;
    if (number === ARCHIVED) archived.push(value);
  }
  return { current, archived };
}

function nameOf(session: Uint8Array): string {
  const key = readFields(session).get(BASE_KEY);
  return key instanceof Uint8Array ? Buffer.from(key).toString('hex') : '';
}
