import { proto } from 'baileys';
import { contentOf } from '../plaintext.js';
import type { Reader } from './kind.js';
import { readText } from './text.js';

/** A new text, or a new caption: whatever else an edited medium says of its file, that one stays as it was. */
export const readEdit: Reader<'edit'> = ({ protocolMessage }) => {
  if (protocolMessage?.type !== proto.Message.ProtocolMessage.Type.MESSAGE_EDIT) return undefined;
  const target = protocolMessage.key?.id;
  const text = protocolMessage.editedMessage && wordsOf(contentOf(protocolMessage.editedMessage));
  return target && text ? { kind: 'edit', text, targetWaId: target } : undefined;
};

function wordsOf(message: proto.IMessage): string | undefined {
  const { imageMessage, videoMessage, documentMessage } = message;
  return readText(message)?.text ?? (imageMessage ?? videoMessage ?? documentMessage)?.caption ?? undefined;
}
