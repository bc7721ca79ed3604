/**
 * Takes what Baileys read from a history notification. It hands it over in the middle of its own work, so what comes is
 * queued, and `settled` tells when all of it is in the journal: the notification's receipt waits for that.
 */
import type { BaileysEventMap, proto } from 'baileys';
import type { AccountContext } from '../account.context.js';
import { readContact, readWebMessage } from './history.js';
import { PollVotes } from './poll.votes.js';

type HistorySet = BaileysEventMap['messaging-history.set'];
type WebMessages = HistorySet['messages'];

/** A history keeps the secret of a message beside it. */
function withSecret({ message, messageSecret }: WebMessages[number]): proto.IMessage {
  if (!messageSecret?.length) return message ?? {};
  return { ...message, messageContextInfo: { ...message?.messageContextInfo, messageSecret } };
}

export class HistoryIntake {
  private work: Promise<void> = Promise.resolve();

  constructor(
    private readonly account: () => AccountContext,
    private readonly failed: (error: unknown) => void,
  ) {}

  history({ messages, contacts }: HistorySet): void {
    this.queue(async () => {
      await this.people(contacts);
      await this.messages(messages, true);
    });
  }

  /** The phone sent again what had reached us without content. */
  resent(messages: WebMessages): void {
    this.queue(() => this.messages(messages, false));
  }

  settled(): Promise<void> {
    return this.work;
  }

  private queue(work: () => Promise<void>): void {
    this.work = this.work.then(work).catch(this.failed);
  }

  private async messages(infos: WebMessages, history: boolean): Promise<void> {
    for (const info of infos) {
      const message = await readWebMessage(this.account(), info, history);
      if (!message || !info.message) continue;
      this.account().journal.emit({ type: 'message', message });
      await new PollVotes(this.account()).take({ ...message, message: withSecret(info) });
    }
  }

  private async people(contacts: HistorySet['contacts']): Promise<void> {
    const people = [];
    for (const contact of contacts) {
      const person = await readContact(this.account(), contact);
      if (person) people.push(person);
    }
    if (people.length > 0) this.account().journal.emit({ type: 'people', people });
  }
}
