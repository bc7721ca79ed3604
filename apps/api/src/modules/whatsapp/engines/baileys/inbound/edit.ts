import type { MessageContent } from '@trunkline/contracts';
import { proto } from 'baileys';
import { contentOf } from './plaintext.js';
import { readText } from './text.js';

/** A new text. A new caption of a medium is not read yet and stays unsupported. */
export function readEdit({ protocolMessage }: proto.IMessage): MessageContent | undefined {
  if (protocolMessage?.type !== proto.Message.ProtocolMessage.Type.MESSAGE_EDIT) return undefined;
  const target = protocolMessage.key?.id;
  const text = protocolMessage.editedMessage && readText(contentOf(protocolMessage.editedMessage));
  return target && text?.kind === 'text' ? { kind: 'edit', text: text.text, targetWaId: target } : undefined;
}
