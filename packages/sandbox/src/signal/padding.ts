import { randomInt } from 'node:crypto';

/** Every plaintext ends in k bytes of value k, 1 to 16 of them, so that its length tells little (protocol.md B.6.4). */
export function pad(plaintext: Uint8Array): Uint8Array {
  const k = randomInt(1, 17);
  const padded = new Uint8Array(plaintext.length + k).fill(k);
  padded.set(plaintext);
  return padded;
}

/** Throws on a plaintext that was not padded: that is a bug of the sender which a phone would not read either. */
export function unpad(padded: Uint8Array): Uint8Array {
  const k = padded.at(-1) ?? 0;
  if (k < 1 || k > 16 || k > padded.length || padded.subarray(-k).some((byte) => byte !== k)) {
    throw new Error('plaintext is not padded');
  }
  return padded.subarray(0, padded.length - k);
}
