import { proto } from 'baileys';
import { targetKey, type Writer } from './kind.js';

const EDITED = '1';

export const writeEdit: Writer<'edit'> = ({ text, targetWaId }, outgoing) => ({
  message: {
    protocolMessage: {
      key: targetKey(outgoing, targetWaId),
      type: proto.Message.ProtocolMessage.Type.MESSAGE_EDIT,
      editedMessage: { extendedTextMessage: { text } },
      timestampMs: Date.now(),
    },
  },
  attrs: { edit: EDITED },
});
