/** The token by which a recipient can report a message. Baileys knows how it is made, and does not export it by name. */
import type { BinaryNode, proto } from 'baileys';
import { getMessageReportingToken, shouldIncludeReportingToken } from 'baileys/lib/Utils/reporting-utils.js';
import { encode } from './envelopes.js';

export async function reportingNode(id: string, to: string, message: proto.IMessage): Promise<BinaryNode | null> {
  if (!message.messageContextInfo?.messageSecret || !shouldIncludeReportingToken(message)) return null;
  const key = { id, fromMe: true, remoteJid: to };
  return getMessageReportingToken(Buffer.from(encode(message)), message, key);
}
