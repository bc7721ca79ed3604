import type { Chat, ChatChange, chatListQuery, ChatShow, Page } from '@trunkline/contracts';
import type { z } from 'zod';
import type { Clock } from '../../../clock/clock.js';
import type { Store } from '../../../database/database.js';
import { transact } from '../../../database/transaction.js';
import { ProblemError } from '../../../errors/problem.js';
import type { Ctx } from '../../auth/ctx.js';
import type { Commands } from '../../cluster/commands/commands.js';
import type { Notifier } from '../../cluster/notifier.repository.js';
import { refusalsOf } from '../../governor/opt-outs/refuse.js';
import { readMessaging } from '../accounts/messaging/messaging.repository.js';
import { appendEvents, newEvent } from '../events/event.log.repository.js';
import type { ChatMark } from '../engines/chats.js';
import type { ChatAct } from './chat.act.js';
import { addressOfChat, unreadOf } from './chat.address.repository.js';
import { endOfChat } from './chat.end.repository.js';
import { findChat, listChats, readChat } from './chat.list.repository.js';

/** What is of this moment is not worth more patience. */
const MOMENT_MS = 5_000;
/** As WhatsApp's own clients ask. */
const OLDER_AT_ONCE = 50;
/** Read marks may wait for a connection that is about to come back. */
const MARKS_MS = 60_000;

export class ChatService {
  constructor(
    private readonly store: Pick<Store, 'pool'>,
    private readonly clock: Pick<Clock, 'now'>,
    private readonly notifier: Notifier,
    private readonly commands: Pick<Commands, 'ask'>,
  ) {}

  list(ctx: Ctx, query: z.infer<typeof chatListQuery>): Promise<Page<Chat>> {
    return listChats(this.store.pool, ctx, query);
  }

  /** Nothing of a chat is unread any more; people see it when the account says so. Safe to repeat. */
  async markRead(ctx: Ctx, id: string): Promise<Chat> {
    const known = await this.#chat(ctx, id);
    if (known.unread === 0 && !known.markedUnread) return known;
    const { readReceipts } = await readMessaging(this.store.pool, ctx, known.accountId);
    const messages = readReceipts ? await unreadOf(this.store.pool, ctx, id, known.unread) : [];
    const chat = await transact(this.store.pool, async (sql) => {
      if (!(await readChat(sql, id))) return known;
      // As it is under its lock: what came since it was looked at is told already, and must not be undone.
      const read = (await findChat(sql, ctx, id)) ?? known;
      await appendEvents(sql, [newEvent('chat.updated', known.accountId, { chat: read }, this.clock.now())]);
      return read;
    });
    this.notifier.wake('unnumbered');
    if (messages.length > 0) void this.#mark(ctx, chat, messages);
    if (known.markedUnread) void this.#readOnPhone(ctx, chat);
    return chat;
  }

  /** On the phone, too; answered when WhatsApp has it. Throws when it could not be done, and then nothing has changed. */
  async change(ctx: Ctx, id: string, change: ChatChange): Promise<Chat> {
    const known = await this.#chat(ctx, id);
    const address = await addressOfChat(this.store.pool, ctx, id);
    if (typeof address === 'string' && change.blocked !== undefined)
      throw new ProblemError('recipient_invalid', 'Only people can be blocked, and this is a group.');
    // The person is told of it by a message.
    const refusal = change.disappearingSeconds !== undefined && (await refusalsOf(this.store.pool, [id])).get(id);
    if (refusal) throw refusal;
    const end = await endOfChat(this.store.pool, ctx, id, 'newest');
    // As WhatsApp's own clients do it, so that all of them show the same.
    const unpins = change.archived === true && change.pinned === undefined && known.pinnedAt !== null;
    const marks = marksOf(unpins ? { ...change, pinned: false } : change, this.clock.now());
    const acts: ChatAct[] = marks.map((mark) => ({
      type: 'mark',
      chat: address,
      mark,
      end,
    }));
    if (change.disappearingSeconds !== undefined)
      acts.push({ type: 'timer', chat: address, seconds: change.disappearingSeconds });
    if (change.blocked !== undefined && typeof address !== 'string')
      acts.push({ type: 'block', person: address, blocked: change.blocked });
    for (const act of acts) await this.commands.ask(known.accountId, 'chat', act);
    return this.#chat(ctx, id);
  }

  /** Asks the phone for messages before the oldest that is here; `chat.history` tells that they came. */
  async older(ctx: Ctx, id: string): Promise<void> {
    const { accountId } = await this.#chat(ctx, id);
    const before = await endOfChat(this.store.pool, ctx, id, 'oldest');
    if (!before) throw new ProblemError('conflict', 'There is no message here yet that the phone could go on from.');
    const chat = await addressOfChat(this.store.pool, ctx, id);
    await this.commands.ask(accountId, 'chat', { type: 'older', chat, before, count: OLDER_AT_ONCE });
  }

  async show(ctx: Ctx, id: string, doing: ChatShow['doing']): Promise<void> {
    const { accountId } = await this.#chat(ctx, id);
    await this.commands.ask(
      accountId,
      'show',
      { chat: await addressOfChat(this.store.pool, ctx, id), doing },
      MOMENT_MS,
    );
  }

  async watch(ctx: Ctx, id: string): Promise<void> {
    const { accountId } = await this.#chat(ctx, id);
    const person = await addressOfChat(this.store.pool, ctx, id);
    if (typeof person === 'string') return;
    await this.commands.ask(accountId, 'watch', { person }, MOMENT_MS);
  }

  /** Where it was marked as unread; it is read here in any case. */
  async #readOnPhone(ctx: Ctx, { id, accountId }: Chat): Promise<void> {
    const chat = await addressOfChat(this.store.pool, ctx, id);
    const end = await endOfChat(this.store.pool, ctx, id, 'newest');
    const act: ChatAct = { type: 'mark', chat, mark: { markedUnread: false }, end };
    await this.commands.ask(accountId, 'chat', act, MARKS_MS).catch(() => undefined);
  }

  /** The chat is read here whether or not the people in it come to see it. */
  async #mark(ctx: Ctx, { id, accountId }: Chat, messages: Awaited<ReturnType<typeof unreadOf>>): Promise<void> {
    const chat = await addressOfChat(this.store.pool, ctx, id);
    await this.commands.ask(accountId, 'read-marks', { chat, messages }, MARKS_MS).catch(() => undefined);
  }

  async #chat(ctx: Ctx, id: string): Promise<Chat> {
    const chat = await findChat(this.store.pool, ctx, id);
    if (!chat) throw new ProblemError('not_found', 'There is no such chat.');
    return chat;
  }
}

function marksOf({ archived, pinned, mutedUntil, markedUnread }: ChatChange, now: Date): ChatMark[] {
  const marks: ChatMark[] = [];
  if (archived !== undefined) marks.push({ archived });
  if (pinned !== undefined) marks.push({ pinnedAt: pinned ? now.getTime() : null });
  if (mutedUntil !== undefined) marks.push({ mutedUntil: mutedUntil === null ? null : Date.parse(mutedUntil) });
  if (markedUnread !== undefined) marks.push({ markedUnread });
  return marks;
}
