/** What a decrypted message says, by kind: a new kind is one file and one line here. */
import type { MessageContent } from '@trunkline/contracts';
import type { proto } from 'baileys';
import { readDelete } from './delete.js';
import { readEdit } from './edit.js';
import { contentOf } from './plaintext.js';
import { readReaction } from './reaction.js';
import { readText } from './text.js';
import { readUnsupported } from './unsupported.js';

const READERS = [readText, readReaction, readEdit, readDelete, readUnsupported];

/** Undefined for what no person wrote: keys, sync, settings. */
export function readContent(message: proto.IMessage): MessageContent | undefined {
  const content = contentOf(message);
  for (const read of READERS) {
    const found = read(content);
    if (found) return found;
  }
  return undefined;
}

/** The id of the message that this one answers. */
export function quotedId(message: proto.IMessage): string | null {
  for (const part of Object.values(contentOf(message)) as ({ contextInfo?: proto.IContextInfo } | null)[]) {
    const id = part && typeof part === 'object' ? part.contextInfo?.stanzaId : undefined;
    if (id) return id;
  }
  return null;
}
