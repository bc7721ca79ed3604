import {
  contentOf,
  hasMedia,
  type Message,
  type MessageContent,
  type MessageSend,
  type SendContent,
} from '@trunkline/contracts';
import { compareOrdinals } from '../../../lib/live/message-cache';
import { randomId } from '../../../lib/random-id';
import type { Upload } from '../../../lib/upload/upload';

/** A message on its way to the API. `after` is the last ordinal that its chat had when it was written. */
export interface Outgoing {
  idempotencyKey: string;
  body: MessageSend;
  /** Its file, which goes to the server first; what it becomes there is put into the message then. */
  upload?: Upload;
  after: string | null;
  writtenAt: string;
}

/** What a file is said to be besides the message around it. */
export interface Extras {
  quotedMessageId?: string | undefined;
  timing?: { notBefore?: string; notAfter?: string } | undefined;
  upload?: Upload | undefined;
  viewOnce?: boolean | undefined;
}

/** With the id of its file, once that is at the server. */
export function bodyOf({ body, upload }: Pick<Outgoing, 'body' | 'upload'>): MessageSend {
  const media = upload?.snapshot().media;
  if (!media || !body.content || !hasMedia(body.content)) return body;
  return { ...body, content: { ...body.content, mediaId: media.id } };
}

/** The same file as what every file can be; another request than the one that was refused. */
export function asDocument(outgoing: Outgoing): Outgoing {
  const content = contentOf(outgoing.body);
  if (!hasMedia(content)) return outgoing;
  const { mediaId } = content;
  const caption = 'caption' in content && content.caption ? { caption: content.caption } : {};
  const { viewOnce: _, ...body } = outgoing.body;
  return {
    ...outgoing,
    idempotencyKey: randomId(),
    body: { ...body, content: { kind: 'document', mediaId, ...caption } },
  };
}

/**
 * Those that are not in the chat yet. The event of a message may come before the answer to its request, so one that looks
 * the same and is later than the chat was then is taken for it, each for one.
 */
export function stillOutgoing<T extends Outgoing>(outgoing: readonly T[], messages: readonly Message[]): T[] {
  if (outgoing.length === 0) return [];
  const free = messages.filter((message) => message.direction === 'out');
  return outgoing.filter((each) => {
    const { after } = each;
    const sent = contentOf(bodyOf(each));
    const at = free.findLastIndex(
      ({ content, ordinal }) => looksLike(content, sent) && (after === null || compareOrdinals(ordinal, after) > 0),
    );
    if (at >= 0) free.splice(at, 1);
    return at < 0;
  });
}

/** A forwarded message is stored as what it says. */
function looksLike(stored: MessageContent, sent: SendContent): boolean {
  if (sent.kind === 'forward') return true;
  if (stored.kind !== sent.kind) return false;
  if (hasMedia(sent)) return hasMedia(stored) && stored.mediaId === sent.mediaId;
  return sent.kind !== 'text' || (stored.kind === 'text' && stored.text === sent.text);
}
