import { proto } from 'baileys';

export const writeDelete = (target: proto.IMessageKey): proto.IMessage => ({
  protocolMessage: { key: target, type: proto.Message.ProtocolMessage.Type.REVOKE },
});
