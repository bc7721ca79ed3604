import { sameBytes } from '../protocol/bytes.js';

interface Opening {
  before: Uint8Array;
  after: Uint8Array;
  plaintext: Uint8Array;
}

const openings = new WeakMap<Uint8Array, Opening>();

/**
 * A group's ciphertext is one for all members, and those who missed nothing hold the same record of the sender's key. What
 * it says, and what the record is afterwards, follows from these two alone: the first member works it out, and for each
 * other who holds the same bytes it comes to the same. Undefined for who holds others, and has to work it out.
 */
export function openedBefore(ciphertext: Uint8Array, record: Uint8Array): Omit<Opening, 'before'> | undefined {
  const known = openings.get(ciphertext);
  return known && sameBytes(known.before, record) ? known : undefined;
}

/** Forgotten with the ciphertext. */
export function rememberOpening(ciphertext: Uint8Array, opening: Opening): void {
  openings.set(ciphertext, opening);
}
