/** From the port's message to the protobuf and what the stanza says of it, by kind: a new kind is one file and one line. */
import { randomBytes } from 'node:crypto';
import type { MessageContent } from '@trunkline/contracts';
import { proto } from 'baileys';
import { personJid } from '../../../jid.js';
import type { OutboundMessage } from '../../engine.js';
import { writeDelete } from './delete.js';
import { writeEdit } from './edit.js';
import { writeReaction } from './reaction.js';
import { SendFailure } from './send.failure.js';
import { writeText } from './text.js';

export interface Composed {
  message: proto.IMessage;
  /** Attributes of the stanza. */
  attrs: { type: 'text' | 'reaction'; edit?: string };
  /** Attributes of each ciphertext. */
  encAttrs: Record<string, string>;
}

const EDITED = '1';
const DELETED_BY_AUTHOR = '7';
const DELETED_BY_ADMIN = '8';

/** `to` is the chat's address, `me` the own one in this chat. Throws a SendFailure for a kind that cannot be sent. */
export function compose(outbound: OutboundMessage, to: string, me: string): Composed {
  const { content } = outbound;
  if (content.kind === 'text') return plain(withContext(writeText(content), outbound, me));
  if (content.kind === 'edit') return edited(writeEdit(content, targetKey(outbound, content.targetWaId, to)), EDITED);
  if (content.kind === 'delete') {
    const edit = outbound.target && !outbound.target.fromMe ? DELETED_BY_ADMIN : DELETED_BY_AUTHOR;
    return edited(writeDelete(targetKey(outbound, content.targetWaId, to)), edit);
  }
  if (content.kind === 'reaction') {
    const message = writeReaction(content, targetKey(outbound, content.targetWaId, to));
    return { message, attrs: { type: 'reaction' }, encAttrs: { 'decrypt-fail': 'hide' } };
  }
  throw new SendFailure('unsupported', `messages of type ${content.type} cannot be sent`);
}

const plain = (message: proto.IMessage): Composed => ({ message, attrs: { type: 'text' }, encAttrs: {} });
const edited = (message: proto.IMessage, edit: string): Composed => ({
  ...plain(message),
  attrs: { type: 'text', edit },
});

/** A secret per message: reports, votes and encrypted answers are bound to it. */
function withContext(message: proto.IMessage, { quoted }: OutboundMessage, me: string): proto.IMessage {
  if (quoted && message.extendedTextMessage) {
    const participant = quoted.fromMe || !quoted.sender ? me : personJid(quoted.sender);
    const quotedMessage = { conversation: quotedText(quoted.content) };
    message.extendedTextMessage.contextInfo = { stanzaId: quoted.waId, participant, quotedMessage };
  }
  return { ...message, messageContextInfo: { messageSecret: randomBytes(32) } };
}

const quotedText = (content: MessageContent): string =>
  content.kind === 'text' || content.kind === 'edit' ? content.text : '';

/** The key as this account sees it; who reads it turns it round. Without `target` the message is our own. */
function targetKey({ target }: OutboundMessage, id: string, remoteJid: string): proto.IMessageKey {
  const fromMe = target?.fromMe ?? true;
  const author = !fromMe && target?.sender && remoteJid.endsWith('@g.us') ? personJid(target.sender) : undefined;
  return { remoteJid, fromMe, id, ...(author ? { participant: author } : {}) };
}
