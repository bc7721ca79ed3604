/** What a message says, read and written. */
import type { SeenMessage } from '../control/contract.js';
import { readKind } from './kinds/kinds.js';
import { mediaOf } from './media.kinds.js';
import { PROTOCOL, type ContextInfo, type Message, type MessageKey } from '../signal/message.proto.js';

export interface Content {
  kind: SeenMessage['kind'];
  text: string;
  /** The id of the message that a reaction, an edit or a revocation is about. */
  target: string | null;
  /** What else it holds; see `seenMessage`. */
  detail?: Record<string, unknown> | null;
}

/** Undefined for a message that says nothing to a person, such as one that only carries a sender key. */
export function contentOf(message: Message): Content | undefined {
  const inner = message.ephemeralMessage?.message ?? message.editedMessage?.message;
  if (inner) return contentOf(inner);
  if (message.conversation !== undefined) return said('text', message.conversation);
  if (message.extendedTextMessage)
    return { ...said('text', message.extendedTextMessage.text ?? ''), ...previewOf(message) };
  const media = mediaOf(message);
  if (media) return said(media.kind, media.caption);
  const read = readKind(message);
  if (read) return { kind: read.kind, text: read.text, target: null, detail: read.detail };
  if (message.pollUpdateMessage) return said('vote', '', message.pollUpdateMessage.pollCreationMessageKey);
  if (message.encEventResponseMessage)
    return said('answer', '', message.encEventResponseMessage.eventCreationMessageKey);
  const { reactionMessage: reaction, protocolMessage: protocol } = message;
  if (reaction) return said('reaction', reaction.text ?? '', reaction.key);
  if (protocol) return protocolContent(message);
  const { senderKeyDistributionMessage: _key, messageContextInfo: _context, ...rest } = message;
  return _key && Object.keys(rest).length === 0 ? undefined : said('other', '');
}

/** What a text shows of the page behind its link. */
function previewOf({ extendedTextMessage: text }: Message): Pick<Content, 'detail'> {
  const { matchedText: url, title, description, jpegThumbnail } = text ?? {};
  if (!url) return {};
  return { detail: { preview: { url, title, description, hasThumbnail: (jpegThumbnail?.length ?? 0) > 0 } } };
}

function protocolContent({ protocolMessage: protocol }: Message): Content | undefined {
  const { type = PROTOCOL.revoke, key, editedMessage } = protocol ?? {};
  if (type === PROTOCOL.revoke) return said('revoke', '', key);
  if (type === PROTOCOL.ephemeralSetting)
    return { ...said('timer', ''), detail: { seconds: protocol?.ephemeralExpiration ?? 0 } };
  if (type === PROTOCOL.messageEdit) return said('edit', (editedMessage && contentOf(editedMessage)?.text) ?? '', key);
  return undefined;
}

const said = (kind: Content['kind'], text: string, key?: MessageKey): Content => ({
  kind,
  text,
  target: key?.id ?? null,
});

export interface Quote {
  id: string;
  /** The JID of its author. */
  author: string;
  text: string;
}

/** How it stands in the chat; null when there is nothing to say of it. */
export function aroundOf(message: Message): Record<string, unknown> | null {
  const inner = message.ephemeralMessage?.message ?? message.viewOnceMessage?.message ?? message;
  for (const part of Object.values(inner) as { contextInfo?: ContextInfo }[]) {
    const info = part?.contextInfo;
    if (!info) continue;
    const { forwardingScore, expiration, mentionedJid: mentions, stanzaId: quotes } = info;
    const around = { forwardingScore, expiration, mentions: mentions?.length ? mentions : undefined, quotes };
    const known = Object.entries(around).filter(([, value]) => value !== undefined && value !== 0 && value !== '');
    return known.length > 0 ? Object.fromEntries(known) : null;
  }
  return null;
}

export function textMessage(text: string, quote?: Quote): Message {
  if (!quote) return { conversation: text };
  const contextInfo = { stanzaId: quote.id, participant: quote.author, quotedMessage: { conversation: quote.text } };
  return { extendedTextMessage: { text, contextInfo } };
}

export function reactionMessage(key: MessageKey, emoji: string, now: number): Message {
  return { reactionMessage: { key, text: emoji, senderTimestampMs: now } };
}

/** The `type` attribute of the stanza. */
export function stanzaType(message: Message): string {
  if (mediaOf(message)) return 'media';
  return message.reactionMessage ? 'reaction' : 'text';
}
