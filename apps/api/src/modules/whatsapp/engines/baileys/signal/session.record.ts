/** What can be read from a stored Signal session without using it. */
import { SessionRecord } from 'whatsapp-rust-bridge';
import { readFields } from './protobuf.js';

/** Field numbers of libsignal's storage format: RecordStructure, then SessionStructure. */
const CURRENT_SESSION = 1;
const REMOTE_REGISTRATION_ID = 10;
const BASE_KEY = 13;

export interface SessionInfo {
  baseKey: Uint8Array;
  registrationId: number;
}

/** Null when there is no open session, or one that does not tell. */
export function sessionInfo(record: Uint8Array): SessionInfo | null {
  const current = readFields(record).get(CURRENT_SESSION);
  if (!(current instanceof Uint8Array)) return null;
  const session = readFields(current);
  const baseKey = session.get(BASE_KEY);
  const registrationId = session.get(REMOTE_REGISTRATION_ID) ?? 0;
  if (!(baseKey instanceof Uint8Array) || typeof registrationId !== 'number') return null;
  return { baseKey: Uint8Array.from(baseKey), registrationId };
}

export function hasOpenSession(bytes: Uint8Array): boolean {
  const record = SessionRecord.deserialize(bytes);
  try {
    return record.haveOpenSession();
  } finally {
    record.free();
  }
}
