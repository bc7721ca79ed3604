import { proto } from 'baileys';
import type { Reader } from './kind.js';

/** Deleted for everyone. */
export const readDelete: Reader<'delete'> = ({ protocolMessage }) => {
  // REVOKE is 0, which protobuf leaves out.
  const type = protocolMessage?.type ?? proto.Message.ProtocolMessage.Type.REVOKE;
  const target = protocolMessage?.key?.id;
  if (!protocolMessage || type !== proto.Message.ProtocolMessage.Type.REVOKE || !target) return undefined;
  return { kind: 'delete', targetWaId: target };
};
