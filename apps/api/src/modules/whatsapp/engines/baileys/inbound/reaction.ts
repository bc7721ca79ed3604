import type { MessageContent } from '@trunkline/contracts';
import type { proto } from 'baileys';

/** An empty emoji takes the reaction back. */
export function readReaction({ reactionMessage }: proto.IMessage): MessageContent | undefined {
  const target = reactionMessage?.key?.id;
  return target ? { kind: 'reaction', emoji: reactionMessage?.text ?? '', targetWaId: target } : undefined;
}
