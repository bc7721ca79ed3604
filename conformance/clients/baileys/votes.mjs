/** Opens a vote as a program on Baileys does: by the poll that it kept, and the names that both sides may have had. */
import { createHash } from 'node:crypto';
import { decryptPollVote, jidNormalizedUser } from 'baileys';

const hashOf = (option) => createHash('sha256').update(option).digest('hex');

/** `{ options }`, or nothing for what is no vote on a known poll. */
export function openVote(account, { key, message }) {
  const update = message?.pollUpdateMessage;
  const poll = account.messages.get(update?.pollCreationMessageKey?.id)?.message;
  const made = poll?.pollCreationMessage ?? poll?.pollCreationMessageV3;
  if (!made) return {};
  for (const names of namesOf(account, key)) {
    const vote = attempt(update, poll.messageContextInfo?.messageSecret, names);
    if (!vote) continue;
    const chosen = new Set(vote.selectedOptions.map((hash) => Buffer.from(hash).toString('hex')));
    return { options: made.options.map(({ optionName }) => optionName).filter((option) => chosen.has(hashOf(option))) };
  }
  return {};
}

/** By number or by LID, as the chat names people. */
function namesOf({ auth }, { remoteJid, remoteJidAlt, participant, participantAlt }) {
  const { id, lid } = auth.state.creds.me;
  const me = [id, lid].map((jid) => jidNormalizedUser(jid));
  const voters = [participant, participantAlt, remoteJid, remoteJidAlt].filter((jid) => jid && !jid.endsWith('@g.us'));
  return [...me, ...voters].flatMap((pollCreatorJid) =>
    voters.map((voterJid) => ({
      pollCreatorJid: jidNormalizedUser(pollCreatorJid),
      voterJid: jidNormalizedUser(voterJid),
    })),
  );
}

function attempt({ vote, pollCreationMessageKey }, pollEncKey, names) {
  try {
    return decryptPollVote(vote, { ...names, pollMsgId: pollCreationMessageKey.id, pollEncKey });
  } catch {
    return undefined; // sealed for another pair of names
  }
}
