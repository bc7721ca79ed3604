import { proto } from 'baileys';
import { contentOf } from '../plaintext.js';
import type { Reader } from './kind.js';
import { readText } from './text.js';

/** A new text. A new caption of a medium is not read yet and stays unsupported. */
export const readEdit: Reader<'edit'> = ({ protocolMessage }) => {
  if (protocolMessage?.type !== proto.Message.ProtocolMessage.Type.MESSAGE_EDIT) return undefined;
  const target = protocolMessage.key?.id;
  const text = protocolMessage.editedMessage && readText(contentOf(protocolMessage.editedMessage));
  return target && text ? { kind: 'edit', text: text.text, targetWaId: target } : undefined;
};
