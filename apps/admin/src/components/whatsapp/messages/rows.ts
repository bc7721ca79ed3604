import type { Message } from '@trunkline/contracts';
import type { Sending } from './useSend';

/** What the conversation draws, one row under another. */
export type Row =
  /** Above the oldest message that is here: the phone may have older ones. */
  | { kind: 'older'; key: 'older' }
  | { kind: 'day'; key: string; at: string }
  | { kind: 'bubble'; key: string; message: Message; joined: boolean; sentAgain: boolean }
  | { kind: 'sending'; key: string; sending: Sending };

/** Newest first in, oldest first out. A line before each new day; what one author says within minutes is joined. */
export function rowsOf(newestFirst: readonly Message[], outgoing: readonly Sending[]): Row[] {
  const rows: Row[] = [];
  const again = new Set(newestFirst.map(({ retryOf }) => retryOf));
  let last: Message | null = null;
  for (const message of newestFirst.toReversed()) {
    const at = message.timestamp;
    const newDay = last === null || dayOf(last) !== dayOf(message);
    if (newDay) rows.push({ kind: 'day', key: `day-${message.id}`, at });
    const joined = !newDay && last !== null && follows(last, message);
    rows.push({ kind: 'bubble', key: message.id, message, joined, sentAgain: again.has(message.id) });
    last = message;
  }
  for (const sending of outgoing) rows.push({ kind: 'sending', key: sending.idempotencyKey, sending });
  return rows;
}

/** Asked of all that is loaded each time that older ones come. */
const days = new WeakMap<Message, number>();

/** One number for each calendar day where the viewer is. */
function dayOf(message: Message): number {
  const known = days.get(message);
  if (known !== undefined) return known;
  const at = new Date(message.timestamp);
  const day = (at.getFullYear() * 12 + at.getMonth()) * 31 + at.getDate();
  days.set(message, day);
  return day;
}

const CLOSE_MS = 5 * 60_000;

function follows(a: Message, b: Message): boolean {
  if (a.content.kind === 'call' || b.content.kind === 'call') return false;
  const sameAuthor = a.direction === b.direction && a.sender?.personId === b.sender?.personId;
  return sameAuthor && Date.parse(b.timestamp) - Date.parse(a.timestamp) < CLOSE_MS;
}
