/** What was sent, by message id: for devices that could not read it and ask again, also after a restart (B.6, "Retry"). */
import { proto } from 'baileys';
import type { SessionJournal } from '../../../sessions/journal.js';
import { pack, unpack } from '../records/plain.js';
import type { Composed } from './compose.js';

export interface SentMessage extends Composed {
  /** The chat as it was addressed. */
  to: string;
}

type Stored = Omit<SentMessage, 'message'> & { message: Uint8Array };

export function keepSent(journal: SessionJournal, waId: string, sent: SentMessage): void {
  const stored: Stored = { ...sent, message: proto.Message.encode(sent.message).finish() };
  journal.put('sent', waId, pack(stored));
}

export async function readSent(journal: SessionJournal, waId: string): Promise<SentMessage | undefined> {
  const record = (await journal.get('sent', [waId])).get(waId);
  if (!record) return undefined;
  const stored = unpack<Stored>(record);
  return { ...stored, message: proto.Message.decode(stored.message) };
}
