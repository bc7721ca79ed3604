import type { Message } from '@trunkline/contracts';

/** WhatsApp shows an edit for this long after the message was written. */
const EDIT_MS = 15 * 60_000;
const SENT = new Set(['sent', 'delivered', 'read', 'played']);

/** `now` in milliseconds since 1970. */
export const canEdit = ({ direction, content, status, timestamp }: Message, now: number): boolean =>
  direction === 'out' && content.kind === 'text' && SENT.has(status) && now - Date.parse(timestamp) < EDIT_MS;

export const canDelete = ({ direction, status, content }: Message): boolean =>
  direction === 'out' && SENT.has(status) && content.kind !== 'call';

export const canForward = ({ content }: Message): boolean =>
  ['text', 'location', 'contacts', 'poll'].includes(content.kind);
