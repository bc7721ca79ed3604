/**
 * What the phone did with its chats and messages, as Baileys reads it from app state (protocol.md B.7). It tells it in the
 * middle of its own work, so what comes is queued; the versions that it belongs to are released behind it.
 */
import { MUTED_FOR_EVER } from '@trunkline/contracts';
import type { BaileysEventMap } from 'baileys';
import type { ChatMark } from '../../chats.js';
import type { AccountContext } from '../account.context.js';
import type { WorkQueue } from '../connection/work.queue.js';

type ChatUpdate = BaileysEventMap['chats.update'][number];
type MessageUpdate = BaileysEventMap['messages.update'][number];

/** As WhatsApp writes a mute without an end. */
export const FOR_EVER = -1;

export class MarkIntake {
  constructor(
    private readonly account: () => AccountContext,
    private readonly queue: WorkQueue,
  ) {}

  chats(updates: readonly ChatUpdate[]): void {
    for (const update of updates)
      for (const mark of readMarks(update)) this.queue.run(() => this.mark(update.id, mark));
  }

  /** Of all that Baileys says of messages here, only a star comes by no other way. */
  messages(updates: readonly MessageUpdate[]): void {
    for (const { key, update } of updates) {
      const { starred } = update;
      const { id, remoteJid } = key;
      if (typeof starred === 'boolean' && id) this.queue.run(() => this.star(remoteJid ?? undefined, id, starred));
    }
  }

  private async mark(jid: string | null | undefined, mark: ChatMark): Promise<void> {
    const chat = await this.account().people.chat(jid ?? undefined);
    if (chat) this.account().journal.emit({ type: 'chat-marked', chat, mark });
  }

  private async star(jid: string | undefined, waId: string, starred: boolean): Promise<void> {
    const chat = await this.account().people.chat(jid);
    if (chat) this.account().journal.emit({ type: 'starred', chat, waId, starred });
  }
}

/** A time is null for "not", and an update speaks of one thing at a time. */
function readMarks({ archived, pinned, muteEndTime, unreadCount }: ChatUpdate): ChatMark[] {
  const marks: ChatMark[] = [];
  if (typeof archived === 'boolean') marks.push({ archived });
  if (pinned !== undefined) marks.push({ pinnedAt: pinned === null ? null : milliseconds(Number(pinned)) });
  if (muteEndTime !== undefined)
    marks.push({ mutedUntil: readMute(muteEndTime === null ? null : Number(muteEndTime)) });
  if (typeof unreadCount === 'number') marks.push({ markedUnread: unreadCount < 0 });
  return marks;
}

const readMute = (until: number | null): number | null =>
  until === null || until === 0 ? null : until === FOR_EVER ? MUTED_FOR_EVER : milliseconds(until);

/** Phones write either unit. */
const milliseconds = (time: number): number => (time < 1e12 ? time * 1_000 : time);
