import type { Message } from '@trunkline/contracts';
import type { Store } from '../../../database/database.js';
import { ProblemError } from '../../../errors/problem.js';
import type { Ctx } from '../../auth/ctx.js';
import type { Commands } from '../../cluster/commands/commands.js';
import { addressOfChat } from '../chats/chat.address.repository.js';
import { endAt } from '../chats/chat.end.repository.js';
import { findMessage } from './message.repository.js';

/** Stars are the account's own: no other person sees them, and its phone does. */
export class StarService {
  constructor(
    private readonly store: Pick<Store, 'pool'>,
    private readonly commands: Pick<Commands, 'ask'>,
  ) {}

  async set(ctx: Ctx, id: string, starred: boolean): Promise<Message> {
    const known = await this.#message(ctx, id);
    if (known.starred === starred) return known;
    const chat = await addressOfChat(this.store.pool, ctx, known.chatId);
    const message = await endAt(this.store.pool, ctx, id);
    if (!message || NOWHERE.has(known.status))
      throw new ProblemError('conflict', 'Only a message that WhatsApp knows can have a star.');
    await this.commands.ask(known.accountId, 'chat', { type: 'star', chat, message, starred });
    return this.#message(ctx, id);
  }

  async #message(ctx: Ctx, id: string): Promise<Message> {
    const message = await findMessage(this.store.pool, ctx, id);
    if (!message) throw new ProblemError('not_found', 'There is no such message.');
    return message;
  }
}

const NOWHERE: ReadonlySet<Message['status']> = new Set(['queued', 'failed', 'cancelled', 'expired']);
