import { bytesOf, type Node } from '../protocol/node.js';

/**
 * Counted from the end: part of the ciphertext, its MAC or its signature in every kind of `enc`, and before the numbers
 * of keys that a `pkmsg` ends with.
 */
const FROM_END = 24;

/** The stanza with a bit turned in each ciphertext, at whatever depth: it is opened by nobody. */
export function alterCiphertexts(stanza: Node): Node {
  if (stanza.tag === 'enc') return { ...stanza, content: turnBit(bytesOf(stanza) ?? new Uint8Array()) };
  if (!Array.isArray(stanza.content)) return stanza;
  return { ...stanza, content: stanza.content.map(alterCiphertexts) };
}

function turnBit(bytes: Uint8Array): Uint8Array {
  const altered = Uint8Array.from(bytes);
  const at = altered.length - FROM_END;
  altered[at] = (altered[at] ?? 0) ^ 1;
  return altered;
}
