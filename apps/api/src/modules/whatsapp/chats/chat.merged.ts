import type { Sql } from '../../../database/database.js';
import type { MergedChat } from '../contacts/people.repository.js';
import { appendEvents, newEvent } from '../events/event.log.repository.js';

/** Tells every page that one chat went into another. */
export async function announceMergedChats(sql: Sql, chats: readonly MergedChat[], now: Date): Promise<void> {
  await appendEvents(
    sql,
    chats.map(({ accountId, from, into }) =>
      newEvent('chat.merged', accountId, { chatId: from, intoChatId: into }, now),
    ),
  );
}
