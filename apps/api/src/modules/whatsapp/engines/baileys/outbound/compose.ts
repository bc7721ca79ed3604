/** From the port's message to the protobuf and what the stanza says of it: the kind's own writer, and what all share. */
import { randomBytes } from 'node:crypto';
import type { MessageContent } from '@trunkline/contracts';
import { isChange } from '@trunkline/contracts';
import type { BinaryNode, proto } from 'baileys';
import { personJid } from '../../../jid.js';
import type { OutboundMessage } from '../../engine.js';
import type { Outgoing, StanzaType, Writer } from './kinds/kind.js';
import { SendFailure } from './send.failure.js';
import { WRITERS } from './writers.js';

export interface Composed {
  message: proto.IMessage;
  /** Attributes of the stanza. */
  attrs: { type: StanzaType; edit?: string };
  /** Attributes of each ciphertext. */
  encAttrs: Record<string, string>;
  /** Beside the ciphertexts. */
  nodes?: BinaryNode[];
}

/** Throws a SendFailure for a kind that cannot be sent. */
export async function compose(outgoing: Outgoing): Promise<Composed> {
  const { content } = outgoing.outbound;
  const write = WRITERS[content.kind] as Writer<MessageContent['kind']> | null;
  if (!write) throw new SendFailure('unsupported', `messages of kind ${content.kind} cannot be sent`);
  const { message, attrs, encAttrs = {}, nodes } = await write(content, outgoing);
  return {
    message: isChange(content) ? message : wrapped(withSecret(withContext(message, outgoing)), outgoing),
    attrs: { type: 'text', ...attrs },
    encAttrs,
    ...(nodes ? { nodes } : {}),
  };
}

/** A secret per message: reports, votes and encrypted answers are bound to it. */
const withSecret = (message: proto.IMessage): proto.IMessage => ({
  ...message,
  messageContextInfo: { ...message.messageContextInfo, messageSecret: randomBytes(32) },
});

/** Every kind that stands by itself has a `contextInfo` in its only part. */
function withContext(message: proto.IMessage, { outbound, me }: Outgoing): proto.IMessage {
  const { quoted, forwardingScore, ephemeralSeconds } = outbound;
  const context: proto.IContextInfo = {
    ...(quoted ? quoteOf(quoted, me) : {}),
    ...(forwardingScore ? { forwardingScore, isForwarded: true } : {}),
    ...(ephemeralSeconds ? { expiration: ephemeralSeconds } : {}),
  };
  if (Object.keys(context).length === 0) return message;
  return inParts(message, context);
}

type Part = { contextInfo?: proto.IContextInfo; message?: proto.IMessage };

/** Of a message that is wrapped, in the part inside. */
function inParts(message: proto.IMessage, context: proto.IContextInfo): proto.IMessage {
  const parts = Object.entries(message) as [string, Part][];
  return Object.fromEntries(
    parts.map(([name, part]) => {
      if (part.message) return [name, { message: inParts(part.message, context) }];
      return [name, { ...part, contextInfo: { ...part.contextInfo, ...context } }];
    }),
  );
}

/** The secret stays outside, where everybody looks for it. */
function wrapped(message: proto.IMessage, { outbound }: Outgoing): proto.IMessage {
  if (!outbound.viewOnce) return message;
  const { messageContextInfo = null, ...inner } = message;
  return { viewOnceMessage: { message: inner }, messageContextInfo };
}

function quoteOf(quoted: NonNullable<OutboundMessage['quoted']>, me: string): proto.IContextInfo {
  const participant = quoted.fromMe || !quoted.sender ? me : personJid(quoted.sender);
  return { stanzaId: quoted.waId, participant, quotedMessage: { conversation: quotedText(quoted.content) } };
}

const quotedText = (content: MessageContent): string => ('text' in content ? content.text : '');
