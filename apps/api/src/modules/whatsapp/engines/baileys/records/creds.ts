/** Credentials: one record. They are stored from the moment the phone has confirmed, and never before (protocol.md S13). */
import type { AuthenticationCreds } from 'baileys';
import { jidDecode } from 'baileys';
import type { SessionJournal } from '../../../sessions/journal.js';
import type { ServerProps } from '../login/props.js';
import { pack, unpack } from './plain.js';

export const CREDS_ID = 'creds';

/** With what we keep beside what Baileys does. */
export interface KeptCreds extends AuthenticationCreds {
  /** Milliseconds since 1970: when the settings at the server were last asked for. */
  lookedAfterAt?: number;
  props?: Partial<ServerProps>;
}

/**
 * Linked: the phone has signed this device and the server has numbered it. Not `registered`, which stays false after a
 * QR and is true too early after a pairing code.
 */
export const isLinked = (creds: Partial<AuthenticationCreds>): boolean =>
  Boolean(creds.account?.details?.length && (jidDecode(creds.me?.id)?.device ?? 0) > 0);

export const packCreds = (creds: AuthenticationCreds): Uint8Array => pack(creds);
export const unpackCreds = (bytes: Uint8Array): AuthenticationCreds => unpack<AuthenticationCreds>(bytes);

/** Undefined when there are none. */
export async function readCredsRecord(journal: SessionJournal): Promise<Uint8Array | undefined> {
  return (await journal.get('creds', [CREDS_ID])).get(CREDS_ID);
}

export function writeCreds(journal: SessionJournal, creds: AuthenticationCreds): void {
  if (isLinked(creds)) journal.put('creds', CREDS_ID, packCreds(creds));
}
