import type { MessageContent } from '@trunkline/contracts';
import { proto } from 'baileys';

export const writeEdit = ({ text }: MessageContent & { kind: 'edit' }, target: proto.IMessageKey): proto.IMessage => ({
  protocolMessage: {
    key: target,
    type: proto.Message.ProtocolMessage.Type.MESSAGE_EDIT,
    editedMessage: { extendedTextMessage: { text } },
    timestampMs: Date.now(),
  },
});
