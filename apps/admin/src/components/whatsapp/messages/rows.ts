import { sameDay } from '../../../lib/format/day';
import type { Bubble } from './fold';
import type { Sending } from './useSend';

/** What the conversation draws, one row under another. */
export type Row =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'bubble'; key: string; bubble: Bubble; joined: boolean }
  | { kind: 'sending'; key: string; sending: Sending };

/** A line before each new day; messages of one author that follow closely are joined. */
export function rowsOf(bubbles: readonly Bubble[], outgoing: readonly Sending[]): Row[] {
  const rows: Row[] = [];
  let last: Bubble | null = null;
  for (const bubble of bubbles) {
    const at = bubble.message.timestamp;
    const newDay = last === null || !sameDay(last.message.timestamp, at);
    if (newDay) rows.push({ kind: 'day', key: `day-${bubble.message.id}`, at });
    rows.push({
      kind: 'bubble',
      key: bubble.message.id,
      bubble,
      joined: !newDay && last !== null && follows(last, bubble),
    });
    last = bubble;
  }
  for (const sending of outgoing) rows.push({ kind: 'sending', key: sending.idempotencyKey, sending });
  return rows;
}

const CLOSE_MS = 5 * 60_000;

function follows({ message: a }: Bubble, { message: b }: Bubble): boolean {
  const sameAuthor = a.direction === b.direction && a.sender?.personId === b.sender?.personId;
  return sameAuthor && Date.parse(b.timestamp) - Date.parse(a.timestamp) < CLOSE_MS;
}
