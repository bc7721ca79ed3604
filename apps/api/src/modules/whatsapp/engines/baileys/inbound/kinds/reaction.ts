import type { Reader } from './kind.js';

/** An empty emoji takes the reaction back. */
export const readReaction: Reader<'reaction'> = ({ reactionMessage }) => {
  const target = reactionMessage?.key?.id;
  return target ? { kind: 'reaction', emoji: reactionMessage?.text ?? '', targetWaId: target } : undefined;
};
