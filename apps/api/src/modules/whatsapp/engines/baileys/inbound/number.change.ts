/** A person has another number now: everybody who knows them is told, `<modify old new>`, and so are their own devices. */
import { getBinaryNodeChild, type BinaryNode } from 'baileys';
import { parseJid, type PhoneDigits } from '../../../jid.js';
import type { People } from '../people.js';

/** This account's own new number, when the notice is about this account. */
export function ownNewNumber(notice: BinaryNode, people: People): PhoneDigits | undefined {
  const { old, new: now } = getBinaryNodeChild(notice, 'modify')?.attrs ?? {};
  if (!old || !now || !people.isMe(old)) return undefined;
  const address = parseJid(now);
  return address.kind === 'phone' ? address.phone : undefined;
}
