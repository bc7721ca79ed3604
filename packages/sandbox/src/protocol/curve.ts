import { calculateAgreement, calculateSignature, generateKeyPair, verifySignature } from 'whatsapp-rust-bridge';

/** Raw 32-byte halves. The wire of Noise and XML knows no prefix; Signal's own messages put 0x05 before a public key. */
export interface CurveKeys {
  publicKey: Uint8Array;
  privateKey: Uint8Array;
}

const KEY_TYPE = 5;

export function createKeys(): CurveKeys {
  const { pubKey, privKey } = generateKeyPair();
  return { publicKey: withoutType(pubKey), privateKey: Uint8Array.from(privKey) };
}

export function withType(publicKey: Uint8Array): Uint8Array {
  return publicKey.length === 33 ? publicKey : Uint8Array.of(KEY_TYPE, ...publicKey);
}

export function withoutType(publicKey: Uint8Array): Uint8Array {
  return publicKey.length === 33 ? publicKey.slice(1) : Uint8Array.from(publicKey);
}

export function agree(privateKey: Uint8Array, publicKey: Uint8Array): Uint8Array {
  return calculateAgreement(withType(publicKey), privateKey);
}

/** XEdDSA, 64 bytes. */
export function sign(privateKey: Uint8Array, message: Uint8Array): Uint8Array {
  return calculateSignature(privateKey, message);
}

/** False for a wrong signature and for one that is no signature at all. */
export function verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== 32 && publicKey.length !== 33) return false;
  if (signature.length !== 64) return false;
  try {
    return verifySignature(withType(publicKey), message, signature) === true;
  } catch {
    return false;
  }
}
