import type { Sql } from '../../../database/database.js';
import { systemCtx } from '../../auth/ctx.js';
import { appendEvents, newEvent } from '../events/event.log.repository.js';
import { findChat } from './chat.list.repository.js';

/** Tells what these chats are now. */
export async function announceChats(sql: Sql, chatIds: readonly string[], now: Date): Promise<void> {
  for (const id of new Set(chatIds)) {
    const chat = await findChat(sql, systemCtx('chats'), id);
    if (chat) await appendEvents(sql, [newEvent('chat.updated', chat.accountId, { chat }, now)]);
  }
}
