/** What was sent, by message id: for devices that could not read it and ask again, also after a restart (B.6, "Retry"). */
import { proto } from 'baileys';
import { RECORD_LIFE_DAYS, type SessionJournal } from '../../../sessions/journal.js';
import { pack, unpack } from '../records/plain.js';
import type { Composed } from './compose.js';

export interface SentMessage extends Composed {
  /** The chat as it was addressed. */
  to: string;
  /** When it was first sent, in milliseconds since 1970. */
  at?: number;
  /** How often each device asked for it again. */
  asked?: Record<string, number>;
}

/** A record lives longer when it was written again; what it holds is not given out any more after this. */
const LIFE_MS = (RECORD_LIFE_DAYS.sent ?? 7) * 24 * 3_600_000;

type Stored = Omit<SentMessage, 'message'> & { message: Uint8Array };

export function keepSent(journal: SessionJournal, waId: string, sent: SentMessage): void {
  const stored: Stored = { ...sent, at: sent.at ?? Date.now(), message: proto.Message.encode(sent.message).finish() };
  journal.put('sent', waId, pack(stored));
}

export async function readSent(journal: SessionJournal, waId: string): Promise<SentMessage | undefined> {
  const record = (await journal.get('sent', [waId])).get(waId);
  if (!record) return undefined;
  const stored = unpack<Stored>(record);
  if (stored.at !== undefined && Date.now() - stored.at > LIFE_MS) return undefined;
  return { ...stored, message: proto.Message.decode(stored.message) };
}
