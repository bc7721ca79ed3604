import type { MessageContent } from '@trunkline/contracts';
import { proto } from 'baileys';

/** Deleted for everyone. */
export function readDelete({ protocolMessage }: proto.IMessage): MessageContent | undefined {
  // REVOKE is 0, which protobuf leaves out.
  const type = protocolMessage?.type ?? proto.Message.ProtocolMessage.Type.REVOKE;
  const target = protocolMessage?.key?.id;
  if (!protocolMessage || type !== proto.Message.ProtocolMessage.Type.REVOKE || !target) return undefined;
  return { kind: 'delete', targetWaId: target };
}
