import { proto } from 'baileys';
import { targetKey, type Writer } from './kind.js';

const BY_AUTHOR = '7';
const BY_ADMIN = '8';

export const writeDelete: Writer<'delete'> = ({ targetWaId }, outgoing) => {
  const { target } = outgoing.outbound;
  return {
    message: {
      protocolMessage: {
        key: targetKey(outgoing, targetWaId),
        type: proto.Message.ProtocolMessage.Type.REVOKE,
      },
    },
    attrs: { edit: target && !target.fromMe ? BY_ADMIN : BY_AUTHOR },
  };
};
