/**
 * The phone's half of linking by an eight-letter code (protocol.md B.4b). The code keys the exchange of two ephemeral
 * keys; what they agree on carries the identities and, in the end, the secret that a QR would have carried.
 */
import { createCipheriv, createDecipheriv, hkdfSync, pbkdf2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { sameBytes } from '../protocol/bytes.js';
import { agree, withoutType, type CurveKeys } from '../protocol/curve.js';
import type { Keyring } from './keyring.js';

const ROUNDS = 131_072;
const SALT = 32;
const IV = 16;
const NONCE = 12;
const TAG = 16;
const KEY = 32;
const derive = promisify(pbkdf2);

/** salt32 || iv16 || AES-256-CTR(key32), under the code. */
export async function wrapEphemeral(code: string, publicKey: Uint8Array): Promise<Uint8Array> {
  const salt = randomBytes(SALT);
  const iv = randomBytes(IV);
  const cipher = createCipheriv('aes-256-ctr', await derive(code, salt, ROUNDS, KEY, 'sha256'), iv);
  return Buffer.concat([salt, iv, cipher.update(publicKey), cipher.final()]);
}

/** A wrong code gives a wrong key, never an error. */
export async function unwrapEphemeral(code: string, wrapped: Uint8Array): Promise<Uint8Array> {
  const salt = wrapped.subarray(0, SALT);
  const iv = wrapped.subarray(SALT, SALT + IV);
  const decipher = createDecipheriv('aes-256-ctr', await derive(code, salt, ROUNDS, KEY, 'sha256'), iv);
  return Buffer.concat([decipher.update(wrapped.subarray(SALT + IV)), decipher.final()]);
}

export interface Finish {
  wrappedKeyBundle: Uint8Array;
  companionIdentity: Uint8Array;
}

/** The secret that authenticates the device identity. Throws when the bundle does not open: the code was wrong. */
export function advSecretOf(
  phone: Keyring,
  own: CurveKeys,
  companionEphemeral: Uint8Array,
  finish: Finish,
): Uint8Array {
  const agreed = agree(own.privateKey, companionEphemeral);
  const bundle = openBundle(agreed, finish.wrappedKeyBundle);
  const [companion, primary, random] = [bundle.subarray(0, 32), bundle.subarray(32, 64), bundle.subarray(64, 96)];
  const identities = [finish.companionIdentity, withoutType(phone.identity.pubKey)] as const;
  if (!sameBytes(companion, identities[0]) || !sameBytes(primary, identities[1])) {
    throw new Error('the key bundle names other identities');
  }
  const secret = Buffer.concat([agreed, agree(phone.identity.privKey, finish.companionIdentity), random]);
  return new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(0), 'adv_secret', KEY));
}

/** salt32 || nonce12 || AES-256-GCM(companion identity || phone identity || random). */
function openBundle(agreed: Uint8Array, wrapped: Uint8Array): Uint8Array {
  const salt = wrapped.subarray(0, SALT);
  const key = hkdfSync('sha256', agreed, salt, 'link_code_pairing_key_bundle_encryption_key', KEY);
  const nonce = wrapped.subarray(SALT, SALT + NONCE);
  const decipher = createDecipheriv('aes-256-gcm', new Uint8Array(key), nonce);
  decipher.setAuthTag(wrapped.subarray(-TAG));
  return Buffer.concat([decipher.update(wrapped.subarray(SALT + NONCE, -TAG)), decipher.final()]);
}
