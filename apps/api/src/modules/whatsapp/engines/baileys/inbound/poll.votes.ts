/**
 * Opens votes, whichever came first, the poll or the vote. Runs after a message was told and before it is answered: after
 * a crash in between it is delivered again, and this is done again.
 */
import type { proto } from 'baileys';
import type { PersonAddress } from '../../../jid.js';
import type { AccountContext } from '../account.context.js';
import { namesOf, openVote, Polls, type SealedVote } from '../polls.js';
import { readPoll } from './kinds/poll.js';
import { contentOf } from './plaintext.js';

export interface Told {
  waId: string;
  sender: PersonAddress;
  message: proto.IMessage;
}

export class PollVotes {
  private readonly polls: Polls;

  constructor(private readonly account: Pick<AccountContext, 'journal'>) {
    this.polls = new Polls(account.journal);
  }

  async take({ waId, sender, message }: Told): Promise<void> {
    const content = contentOf(message);
    const poll = readPoll(content);
    const secret = (message.messageContextInfo ?? content.messageContextInfo)?.messageSecret;
    if (poll && secret?.length) return this.created(waId, { secret, makers: namesOf(sender), options: poll.options });
    const vote = content.pollUpdateMessage;
    const pollWaId = vote?.pollCreationMessageKey?.id;
    const { encPayload: payload, encIv: iv } = vote?.vote ?? {};
    if (pollWaId && payload && iv) await this.voted(pollWaId, { waId, voters: namesOf(sender), payload, iv });
  }

  private async created(waId: string, poll: Parameters<Polls['keep']>[1]): Promise<void> {
    const kept = await this.polls.read(waId);
    if (kept.poll) return;
    for (const { waId: vote, options } of this.polls.keep(waId, poll, kept)) this.opened(vote, waId, options);
  }

  private async voted(pollWaId: string, vote: SealedVote): Promise<void> {
    const kept = await this.polls.read(pollWaId);
    if (!kept.poll) return this.polls.wait(pollWaId, vote, kept);
    const options = openVote(pollWaId, kept.poll, vote);
    if (options) this.opened(vote.waId, pollWaId, options);
  }

  private opened(waId: string, targetWaId: string, options: string[]): void {
    this.account.journal.emit({ type: 'message-read', waId, content: { kind: 'vote', targetWaId, options } });
  }
}
