import type { Message } from '@trunkline/contracts';
import { sameDay } from '../../../lib/format/day';
import type { Sending } from './useSend';

/** What the conversation draws, one row under another. */
export type Row =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'bubble'; key: string; message: Message; joined: boolean }
  | { kind: 'sending'; key: string; sending: Sending };

/** Newest first in, oldest first out. A line before each new day; what one author says within minutes is joined. */
export function rowsOf(newestFirst: readonly Message[], outgoing: readonly Sending[]): Row[] {
  const rows: Row[] = [];
  let last: Message | null = null;
  for (const message of newestFirst.toReversed()) {
    const at = message.timestamp;
    const newDay = last === null || !sameDay(last.timestamp, at);
    if (newDay) rows.push({ kind: 'day', key: `day-${message.id}`, at });
    rows.push({ kind: 'bubble', key: message.id, message, joined: !newDay && last !== null && follows(last, message) });
    last = message;
  }
  for (const sending of outgoing) rows.push({ kind: 'sending', key: sending.idempotencyKey, sending });
  return rows;
}

const CLOSE_MS = 5 * 60_000;

function follows(a: Message, b: Message): boolean {
  if (a.content.kind === 'call' || b.content.kind === 'call') return false;
  const sameAuthor = a.direction === b.direction && a.sender?.personId === b.sender?.personId;
  return sameAuthor && Date.parse(b.timestamp) - Date.parse(a.timestamp) < CLOSE_MS;
}
