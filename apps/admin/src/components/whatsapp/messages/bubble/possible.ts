import { hasMedia, type Message, type MessageContent } from '@trunkline/contracts';

/** WhatsApp shows an edit for this long after the message was written. */
const EDIT_MS = 15 * 60_000;
const SENT = new Set(['sent', 'delivered', 'read', 'played']);

/** What an edit changes: the text, or the caption of what has one. */
export const wordsOf = (content: MessageContent): string | null =>
  content.kind === 'text' ? content.text : hasMedia(content) && 'caption' in content ? (content.caption ?? null) : null;

/** `now` in milliseconds since 1970. */
export const canEdit = ({ direction, content, status, timestamp }: Message, now: number): boolean =>
  direction === 'out' && wordsOf(content) !== null && SENT.has(status) && now - Date.parse(timestamp) < EDIT_MS;

export const canDelete = ({ direction, status, content }: Message): boolean =>
  direction === 'out' && SENT.has(status) && content.kind !== 'call';

/** WhatsApp knows it, so that the phone can show the star, too. */
export const canStar = ({ direction, status, content }: Message): boolean =>
  (direction === 'in' || SENT.has(status)) && content.kind !== 'call';

/** A file has to be here to be sent on; what may be seen once is for its reader alone. */
export const canForward = ({ content, media, viewOnce }: Message): boolean =>
  hasMedia(content)
    ? media?.state === 'ready' && !viewOnce
    : ['text', 'location', 'contacts', 'poll', 'event'].includes(content.kind);
