import { contentOf, type Message, type MessageContent, type MessageSend, type SendContent } from '@trunkline/contracts';
import { compareOrdinals } from '../../../lib/live/message-cache';

/** A message on its way to the API. `after` is the last ordinal that its chat had when it was written. */
export interface Outgoing {
  idempotencyKey: string;
  body: MessageSend;
  after: string | null;
  writtenAt: string;
}

/**
 * Those that are not in the chat yet. The event of a message may come before the answer to its request, so one that looks
 * the same and is later than the chat was then is taken for it, each for one.
 */
export function stillOutgoing<T extends Outgoing>(outgoing: readonly T[], messages: readonly Message[]): T[] {
  if (outgoing.length === 0) return [];
  const free = messages.filter((message) => message.direction === 'out');
  return outgoing.filter(({ body, after }) => {
    const at = free.findLastIndex(
      ({ content, ordinal }) =>
        looksLike(content, contentOf(body)) && (after === null || compareOrdinals(ordinal, after) > 0),
    );
    if (at >= 0) free.splice(at, 1);
    return at < 0;
  });
}

/** A forwarded message is stored as what it says. */
function looksLike(stored: MessageContent, sent: SendContent): boolean {
  if (sent.kind === 'forward') return true;
  if (stored.kind !== sent.kind) return false;
  return sent.kind !== 'text' || (stored.kind === 'text' && stored.text === sent.text);
}
