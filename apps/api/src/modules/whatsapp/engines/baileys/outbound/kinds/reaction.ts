import { targetKey, type Writer } from './kind.js';

/** An empty emoji takes the reaction back. */
export const writeReaction: Writer<'reaction'> = ({ emoji, targetWaId }, outgoing) => ({
  message: {
    reactionMessage: { key: targetKey(outgoing, targetWaId), text: emoji, senderTimestampMs: Date.now() },
  },
  attrs: { type: 'reaction' },
  encAttrs: { 'decrypt-fail': 'hide' },
});
