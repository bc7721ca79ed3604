import type { Chat, chatListQuery, Page } from '@trunkline/contracts';
import type { z } from 'zod';
import type { Clock } from '../../../clock/clock.js';
import type { Store } from '../../../database/database.js';
import { transact } from '../../../database/transaction.js';
import { ProblemError } from '../../../errors/problem.js';
import type { Ctx } from '../../auth/ctx.js';
import type { Notifier } from '../../cluster/notifier.repository.js';
import { appendEvents, newEvent } from '../events/event.log.repository.js';
import { findChat, listChats, readChat } from './chat.list.repository.js';

export class ChatService {
  constructor(
    private readonly store: Pick<Store, 'pool'>,
    private readonly clock: Pick<Clock, 'now'>,
    private readonly notifier: Notifier,
  ) {}

  list(ctx: Ctx, query: z.infer<typeof chatListQuery>): Promise<Page<Chat>> {
    return listChats(this.store.pool, ctx, query);
  }

  /** Nothing of a chat is unread any more, here; WhatsApp is not told. Safe to repeat. */
  async markRead(ctx: Ctx, id: string): Promise<Chat> {
    const chat = await transact(this.store.pool, async (sql) => {
      const known = await findChat(sql, ctx, id);
      if (!known) throw new ProblemError('not_found', 'There is no such chat.');
      if (!(await readChat(sql, id))) return known;
      const read = { ...known, unread: 0 };
      await appendEvents(sql, [newEvent('chat.updated', known.accountId, { chat: read }, this.clock.now())]);
      return read;
    });
    this.notifier.wake('unnumbered');
    return chat;
  }
}
