import type { MessageContent } from '@trunkline/contracts';
import type { proto } from 'baileys';

/** An empty emoji takes the reaction back. */
export const writeReaction = (
  { emoji }: MessageContent & { kind: 'reaction' },
  target: proto.IMessageKey,
): proto.IMessage => ({ reactionMessage: { key: target, text: emoji, senderTimestampMs: Date.now() } });
