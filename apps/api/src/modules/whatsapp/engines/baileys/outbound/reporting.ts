/**
 * The token by which a recipient can report a message. Baileys knows how it is made, and does not export it by name. It
 * hands its own function the padded bytes, whose padding then often does not parse, and goes without a token; the token
 * is over the message itself.
 */
import { proto, type BinaryNode } from 'baileys';
import { getMessageReportingToken, shouldIncludeReportingToken } from 'baileys/lib/Utils/reporting-utils.js';

export async function reportingNode(id: string, to: string, message: proto.IMessage): Promise<BinaryNode | null> {
  if (!message.messageContextInfo?.messageSecret || !shouldIncludeReportingToken(message)) return null;
  const key = { id, fromMe: true, remoteJid: to };
  return getMessageReportingToken(Buffer.from(proto.Message.encode(message).finish()), message, key);
}
