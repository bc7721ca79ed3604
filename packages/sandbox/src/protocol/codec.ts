import { decodeNode, encodeNode } from 'whatsapp-rust-bridge';
import type { Node } from './node.js';
import { once } from './once.js';

/** A leading flag byte says plain or compressed. Never compressed: clients decode out of order (protocol.md B.3). */
export function toBytes(node: Node): Uint8Array {
  return encodeNode(node);
}

/** The same, once for each stanza: one that is kept and then sent, or that goes to all members of a group. */
export const sharedBytes = once(toBytes);

/** Throws on bytes that are no node. */
export function fromBytes(bytes: Uint8Array): Node {
  const decoded = decodeNode(bytes);
  try {
    return plain(decoded.toJSON() as Node);
  } finally {
    decoded.free();
  }
}

/** The bridge leaves `content` out or undefined as it likes; an equal node has to be deeply equal here. */
function plain({ tag, attrs, content }: Node): Node {
  if (content === undefined) return { tag, attrs: { ...attrs } };
  return { tag, attrs: { ...attrs }, content: Array.isArray(content) ? content.map(plain) : content };
}
