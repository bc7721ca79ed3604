/** The credentials of a login, or why there is none. */
import type { AuthenticationCreds } from 'baileys';
import type { SessionJournal } from '../../../sessions/journal.js';
import type { Closing } from '../reasons.js';
import { isLinked, readCredsRecord, unpackCreds } from './creds.js';

/** Rejects only when the journal cannot be read. */
export async function readStoredCreds(journal: SessionJournal): Promise<AuthenticationCreds | Closing> {
  const record = await readCredsRecord(journal);
  if (!record) return { reason: 'session_missing', code: null, detail: 'there are no credentials' };
  try {
    const creds = unpackCreds(record);
    if (isLinked(creds)) return creds;
    return { reason: 'session_incomplete', code: null, detail: 'the phone never confirmed this device' };
  } catch {
    return { reason: 'session_corrupted', code: null, detail: 'the credentials do not open' };
  }
}
