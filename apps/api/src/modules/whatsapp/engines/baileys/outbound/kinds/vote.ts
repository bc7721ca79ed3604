import { sealVote } from '../../polls.js';
import { askedFor } from './asked.for.js';
import { targetKey, type Writer } from './kind.js';

export const writeVote: Writer<'vote'> = async ({ targetWaId, options }, outgoing) => {
  const poll = await askedFor(targetWaId, outgoing, 'poll');
  return {
    message: {
      pollUpdateMessage: {
        pollCreationMessageKey: targetKey(outgoing, targetWaId),
        vote: sealVote(targetWaId, poll, outgoing.me, options ?? []),
        senderTimestampMs: Date.now(),
      },
    },
    attrs: { type: 'poll' },
    nodes: [{ tag: 'meta', attrs: { polltype: 'vote' } }],
  };
};
