/** What a decrypted message says, by its kind's own reader. */
import type { MessageContent } from '@trunkline/contracts';
import type { proto } from 'baileys';
import type { Reader } from './kinds/kind.js';
import { contentOf } from './plaintext.js';
import { READERS } from './readers.js';

const ALL = Object.values(READERS).filter((read) => read !== null) as Reader[];

/** Undefined for what no person wrote: keys, sync, settings. */
export function readContent(message: proto.IMessage): MessageContent | undefined {
  const content = contentOf(message);
  for (const read of ALL) {
    const found = guarded(read, content);
    if (found) return found;
  }
  return undefined;
}

/** A message that makes its reader fail is one of a kind that is not understood: it harms nothing else. */
function guarded(read: Reader, content: proto.IMessage): MessageContent | undefined {
  try {
    return read(content);
  } catch {
    return undefined;
  }
}
