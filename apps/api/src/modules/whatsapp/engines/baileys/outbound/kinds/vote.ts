import { personJid } from '../../../../jid.js';
import { Polls, sealVote } from '../../polls.js';
import { SendFailure } from '../send.failure.js';
import { targetKey, type Writer } from './kind.js';

/** By number or by LID, as the chat names people: who reads it makes the key from the names in the stanza. */
export const writeVote: Writer<'vote'> = async ({ targetWaId, options }, outgoing) => {
  const { account, me, outbound } = outgoing;
  const poll = await new Polls(account.journal).find(targetWaId);
  if (!poll) throw new SendFailure('unsupported', 'the poll’s secret is not known here: it came before this link');
  const maker = outbound.target?.sender ? personJid(outbound.target.sender) : me;
  const domain = me.slice(me.indexOf('@'));
  const makers = poll.makers.toSorted((a, b) => Number(b.endsWith(domain)) - Number(a.endsWith(domain)));
  const vote = sealVote(targetWaId, { ...poll, makers: makers.length > 0 ? makers : [maker] }, me, options ?? []);
  return {
    message: {
      pollUpdateMessage: {
        pollCreationMessageKey: targetKey(outgoing, targetWaId),
        vote,
        senderTimestampMs: Date.now(),
      },
    },
    attrs: { type: 'poll' },
    nodes: [{ tag: 'meta', attrs: { polltype: 'vote' } }],
  };
};
