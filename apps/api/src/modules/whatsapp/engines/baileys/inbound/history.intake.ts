/**
 * Takes what Baileys read from a history notification. It hands it over in the middle of its own work, so what comes is
 * queued, and `settled` tells when all of it is in the journal: the notification's receipt waits for that.
 */
import { proto, type BaileysEventMap } from 'baileys';
import type { AccountContext } from '../account.context.js';
import type { WorkQueue } from '../connection/work.queue.js';
import { readContact, readWebMessage } from './history.js';
import { SealedAnswers } from './sealed.answers.js';

type HistorySet = BaileysEventMap['messaging-history.set'];
type WebMessages = HistorySet['messages'];

/** A history keeps the secret of a message beside it. */
function withSecret({ message, messageSecret }: WebMessages[number]): proto.IMessage {
  if (!messageSecret?.length) return message ?? {};
  return { ...message, messageContextInfo: { ...message?.messageContextInfo, messageSecret } };
}

const { INITIAL_BOOTSTRAP, ON_DEMAND } = proto.HistorySync.HistorySyncType;
const { COMPLETE_AND_NO_MORE_MESSAGE_REMAIN_ON_PRIMARY: REACHED } = proto.Conversation.EndOfHistoryTransferType;

export class HistoryIntake {
  constructor(
    private readonly account: () => AccountContext,
    private readonly queue: WorkQueue,
    /** This device was linked just now: what it missed otherwise is read. */
    private readonly begin: () => Promise<void>,
  ) {}

  history({ messages, contacts, chats, syncType, progress }: HistorySet): void {
    if (syncType === INITIAL_BOOTSTRAP) this.queue.run(this.begin);
    this.queue.run(async () => {
      await this.people(contacts);
      await this.messages(messages, true);
      if (syncType === ON_DEMAND) await this.older(chats, messages);
      else if (typeof progress === 'number')
        this.account().journal.emit({ type: 'history-progress', percent: progress });
    });
  }

  /** The phone sent again what had reached us without content. */
  resent(messages: WebMessages): void {
    this.queue.run(() => this.messages(messages, false));
  }

  settled(): Promise<void> {
    return this.queue.settled();
  }

  private async messages(infos: WebMessages, history: boolean): Promise<void> {
    for (const info of infos) {
      const message = await readWebMessage(this.account(), info, history);
      if (!message || !info.message) continue;
      this.account().journal.emit({ type: 'message', message });
      await new SealedAnswers(this.account()).take({ ...message, message: withSecret(info) });
    }
  }

  private async older(chats: HistorySet['chats'], messages: WebMessages): Promise<void> {
    for (const { id, endOfHistoryTransferType } of chats) {
      const chat = await this.account().people.chat(id ?? undefined);
      const count = messages.filter(({ key }) => key.remoteJid === id).length;
      const more = endOfHistoryTransferType !== REACHED;
      if (chat) this.account().journal.emit({ type: 'older-messages', chat, count, more });
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
