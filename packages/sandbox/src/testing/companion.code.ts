/** A companion's half of linking by code, as protocol.md B.4b tells it. */
import { createCipheriv, createDecipheriv, hkdfSync, pbkdf2Sync, randomBytes } from 'node:crypto';
import { agree, type CurveKeys } from '../protocol/curve.js';

const wrapKey = (code: string, salt: Uint8Array) => pbkdf2Sync(code, salt, 131_072, 32, 'sha256');

export function wrap(code: string, publicKey: Uint8Array): Uint8Array {
  const [salt, iv] = [randomBytes(32), randomBytes(16)];
  const cipher = createCipheriv('aes-256-ctr', wrapKey(code, salt), iv);
  return Buffer.concat([salt, iv, cipher.update(publicKey)]);
}

export function unwrap(code: string, wrapped: Uint8Array): Uint8Array {
  const decipher = createDecipheriv('aes-256-ctr', wrapKey(code, wrapped.subarray(0, 32)), wrapped.subarray(32, 48));
  return decipher.update(wrapped.subarray(48));
}

interface Halves {
  ephemeral: CurveKeys;
  identity: CurveKeys;
  phoneEphemeral: Uint8Array;
  phoneIdentity: Uint8Array;
}

/** What the companion answers, and the secret it takes from it. */
export function finishPairing({ ephemeral, identity, phoneEphemeral, phoneIdentity }: Halves) {
  const agreed = agree(ephemeral.privateKey, phoneEphemeral);
  const [salt, nonce, random] = [randomBytes(32), randomBytes(12), randomBytes(32)];
  const key = hkdfSync('sha256', agreed, salt, 'link_code_pairing_key_bundle_encryption_key', 32);
  const cipher = createCipheriv('aes-256-gcm', new Uint8Array(key), nonce);
  const plain = Buffer.concat([identity.publicKey, phoneIdentity, random]);
  const sealed = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  const secret = Buffer.concat([agreed, agree(identity.privateKey, phoneIdentity), random]);
  return {
    finish: { wrappedKeyBundle: Buffer.concat([salt, nonce, sealed]), companionIdentity: identity.publicKey },
    advSecret: new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(0), 'adv_secret', 32)),
  };
}
