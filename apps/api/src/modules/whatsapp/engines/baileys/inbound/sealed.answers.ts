/**
 * Opens votes and answers to events, whichever came first, what is answered or the answer. Runs after a message was told and
 * before it is answered: after a crash in between it is delivered again, and this is done again.
 */
import type { MessageContent } from '@trunkline/contracts';
import type { proto } from 'baileys';
import type { PersonAddress } from '../../../jid.js';
import type { AccountContext } from '../account.context.js';
import { AskedMessages } from '../asked.js';
import { openAnswer } from '../event.answers.js';
import { openVote } from '../polls.js';
import { type Asked, namesOf, type SealedAnswer } from '../sealed.js';
import { readEvent } from './kinds/event.js';
import { readPoll } from './kinds/poll.js';
import { contentOf } from './plaintext.js';

export interface Told {
  waId: string;
  sender: PersonAddress;
  message: proto.IMessage;
}

export class SealedAnswers {
  private readonly asked: AskedMessages;

  constructor(private readonly account: Pick<AccountContext, 'journal'>) {
    this.asked = new AskedMessages(account.journal);
  }

  async take({ waId, sender, message }: Told): Promise<void> {
    const content = contentOf(message);
    const asks = askedBy(content);
    const secret = (message.messageContextInfo ?? content.messageContextInfo)?.messageSecret;
    if (asks && secret?.length) return this.created(waId, { secret, makers: namesOf(sender), ...asks });
    const { target, payload, iv } = sealedIn(content);
    if (target && payload && iv) await this.answered(target, { waId, voters: namesOf(sender), payload, iv });
  }

  private async created(waId: string, asked: Asked): Promise<void> {
    const kept = await this.asked.read(waId);
    if (kept.poll) return;
    this.asked.keep(waId, asked);
    for (const answer of kept.waiting ?? []) this.open(waId, asked, answer);
  }

  private async answered(target: string, answer: SealedAnswer): Promise<void> {
    const kept = await this.asked.read(target);
    if (kept.poll) this.open(target, kept.poll, answer);
    else this.asked.wait(target, answer, kept);
  }

  /** One that does not open stays as it came. */
  private open(target: string, asked: Asked, answer: SealedAnswer): void {
    const content = asked.options ? readVote(target, asked, answer) : readAnswer(target, asked, answer);
    if (content) this.account.journal.emit({ type: 'message-read', waId: answer.waId, content });
  }
}

function readVote(targetWaId: string, poll: Asked, vote: SealedAnswer): MessageContent | undefined {
  const options = openVote(targetWaId, poll, vote);
  return options ? { kind: 'vote', targetWaId, options } : undefined;
}

function readAnswer(targetWaId: string, event: Asked, sealed: SealedAnswer): MessageContent | undefined {
  const answer = openAnswer(targetWaId, event, sealed);
  return answer ? { kind: 'answer', targetWaId, answer } : undefined;
}

function askedBy(content: proto.IMessage): Pick<Asked, 'options'> | undefined {
  const poll = readPoll(content);
  if (poll) return { options: poll.options };
  return readEvent(content) ? {} : undefined;
}

function sealedIn({ pollUpdateMessage: vote, encEventResponseMessage: answer }: proto.IMessage) {
  if (vote) return { target: vote.pollCreationMessageKey?.id, payload: vote.vote?.encPayload, iv: vote.vote?.encIv };
  return { target: answer?.eventCreationMessageKey?.id, payload: answer?.encPayload, iv: answer?.encIv };
}
