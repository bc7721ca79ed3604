/**
 * What a stored session is worth, before it is used: pure, over its records, for the vault. `missing`: nothing there.
 * `incomplete`: it never was, or no longer is, all that a login needs. `corrupted`: it is there and is wrong.
 */
import { createPrivateKey, createPublicKey } from 'node:crypto';
import type { AuthenticationCreds, KeyPair } from 'baileys';
import { Curve, generateSignalPubKey } from 'baileys';
import type { RecordKind } from '../../../sessions/journal.js';
import { CREDS_ID, isLinked, unpackCreds } from './creds.js';
import { unpackKeyPair } from './key.pair.js';

export interface StoredRecord {
  kind: RecordKind;
  id: string;
  value: Uint8Array;
}

export type SessionVerdict =
  { state: 'ok' } | { state: 'missing' } | { state: 'incomplete' | 'corrupted'; detail: string };

export function inspectSession(records: Iterable<StoredRecord>): SessionVerdict {
  const all = [...records];
  if (all.length === 0) return { state: 'missing' };
  const creds = inspectCreds(all.find(({ kind, id }) => kind === 'creds' && id === CREDS_ID)?.value);
  if (creds.state === 'missing') return { state: 'incomplete', detail: 'keys without credentials' };
  if (creds.state !== 'ok') return creds;
  const broken = all.find((record) => record.kind === 'pre-key' && !isKeyPair(record.value));
  return broken ? { state: 'corrupted', detail: `prekey ${broken.id} is not a key pair` } : { state: 'ok' };
}

export function inspectCreds(bytes: Uint8Array | undefined): SessionVerdict {
  if (!bytes) return { state: 'missing' };
  let creds: AuthenticationCreds;
  try {
    creds = unpackCreds(bytes);
  } catch {
    return { state: 'corrupted', detail: 'the credentials cannot be read' };
  }
  const lacking = REQUIRED.find((name) => creds[name] === undefined || creds[name] === null);
  if (lacking) return { state: 'incomplete', detail: `the credentials have no ${lacking}` };
  if (!isLinked(creds)) return { state: 'incomplete', detail: 'the phone never confirmed this device' };
  const wrong = wrongKey(creds);
  return wrong ? { state: 'corrupted', detail: `${wrong} does not fit` } : { state: 'ok' };
}

const REQUIRED = [
  'noiseKey',
  'signedIdentityKey',
  'signedPreKey',
  'registrationId',
  'advSecretKey',
  'nextPreKeyId',
  'account',
  'me',
] as const;

/** Names the first key whose halves, or whose signature, do not belong together. */
function wrongKey({ noiseKey, signedIdentityKey, signedPreKey, account }: AuthenticationCreds): string | undefined {
  if (!belongTogether(noiseKey)) return 'the noise key';
  if (!belongTogether(signedIdentityKey)) return 'the identity key';
  if (!belongTogether(signedPreKey.keyPair)) return 'the signed prekey';
  const signed = generateSignalPubKey(signedPreKey.keyPair.public);
  if (!Curve.verify(signedIdentityKey.public, signed, signedPreKey.signature)) return 'the signature of the prekey';
  return account?.accountSignatureKey?.length === 32 ? undefined : 'the account signature key';
}

function belongTogether(pair: KeyPair | undefined): boolean {
  try {
    return pair !== undefined && publicHalf(pair.private).equals(pair.public);
  } catch {
    return false; // a private key of the wrong length
  }
}

/** PKCS8 header of a raw X25519 private key. (The bridge's `getPublicFromPrivateKey` answers with another point.) */
const X25519 = Buffer.from('302e020100300506032b656e04220420', 'hex');

function publicHalf(privateKey: Uint8Array): Buffer {
  const key = createPrivateKey({ key: Buffer.concat([X25519, privateKey]), format: 'der', type: 'pkcs8' });
  return createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32);
}

export function isKeyPair(bytes: Uint8Array): boolean {
  try {
    return belongTogether(unpackKeyPair(bytes));
  } catch {
    return false;
  }
}
