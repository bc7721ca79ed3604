import type { MessageKind } from '@trunkline/contracts';
import { proto } from 'baileys';
import { targetKey, type Writer } from './kind.js';

const EDITED = '1';

/** A new text, or a new caption in a part of the kind that it belongs to; the file itself is not named again. */
export const writeEdit: Writer<'edit'> = ({ text, targetWaId }, outgoing) => ({
  message: {
    protocolMessage: {
      key: targetKey(outgoing, targetWaId),
      type: proto.Message.ProtocolMessage.Type.MESSAGE_EDIT,
      editedMessage: edited(text, outgoing.outbound.target?.kind),
      timestampMs: Date.now(),
    },
  },
  attrs: { edit: EDITED },
});

function edited(text: string, kind?: MessageKind): proto.IMessage {
  switch (kind) {
    case 'image':
      return { imageMessage: { caption: text } };
    case 'video':
      return { videoMessage: { caption: text } };
    case 'gif':
      return { videoMessage: { caption: text, gifPlayback: true } };
    case 'document':
      return { documentWithCaptionMessage: { message: { documentMessage: { caption: text } } } };
    default:
      return { extendedTextMessage: { text } };
  }
}
