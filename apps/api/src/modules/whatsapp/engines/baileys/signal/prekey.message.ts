/** The part of a session's first message that is in clear: version byte, then a protobuf (protocol.md B.6). */
import { readFields } from './protobuf.js';

const VERSION = 3;
const IDENTITY_KEY = 3;
const PUBLIC_KEY_BYTES = 33;

/** The identity key (33 bytes) that a `pkmsg` claims, or null when it is not one. */
export function claimedIdentity(ciphertext: Uint8Array): Uint8Array | null {
  const key = fieldsOf(ciphertext)?.get(IDENTITY_KEY);
  return key instanceof Uint8Array && key.length === PUBLIC_KEY_BYTES ? Uint8Array.from(key) : null;
}

function fieldsOf(ciphertext: Uint8Array) {
  if (((ciphertext[0] ?? 0) & 0x0f) !== VERSION) return null;
  try {
    return readFields(ciphertext.subarray(1));
  } catch {
    return null; // not a message: the cipher says so in its own words
  }
}
