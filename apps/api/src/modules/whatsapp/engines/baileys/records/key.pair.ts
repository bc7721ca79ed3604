/** A one-time prekey as it is stored: 32 bytes private, 32 bytes public, nothing else. */
import type { KeyPair } from 'baileys';

const HALF = 32;

export const packKeyPair = (pair: KeyPair): Uint8Array => Buffer.concat([pair.private, pair.public]);

export function unpackKeyPair(bytes: Uint8Array): KeyPair {
  if (bytes.length !== 2 * HALF) throw new Error(`a stored key pair has ${bytes.length} bytes instead of ${2 * HALF}`);
  return { private: Buffer.from(bytes.subarray(0, HALF)), public: Buffer.from(bytes.subarray(HALF)) };
}
