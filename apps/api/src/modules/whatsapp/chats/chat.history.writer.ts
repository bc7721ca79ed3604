/** Older messages that were asked for have come, and their rows are there: what is said of that. */
import type { Network } from '@trunkline/contracts';
import type { Sql } from '../../../database/database.js';
import type { EngineEvent } from '../engines/engine.js';
import { appendEvents, newEvent } from '../events/event.log.repository.js';
import { announceChats } from './chat.announce.js';
import { chatAt } from './chat.partner.js';

export interface OlderEntry {
  accountId: string;
  network: Network;
  older: Extract<EngineEvent, { type: 'older-messages' }>;
}

export async function writeOlder(sql: Sql, entries: readonly OlderEntry[], now: Date): Promise<void> {
  for (const { older, ...of } of entries) {
    const chatId = await chatAt(sql, of, older.chat, now);
    const { rowCount } = await sql.query(
      `update mkt_wap_chats set history_ended_at = $2 where id = $1 and (history_ended_at is null) <> ($2::timestamptz is null)`,
      [chatId, older.more ? null : now],
    );
    if (rowCount === 1) await announceChats(sql, [chatId], now);
    const { count, more } = older;
    await appendEvents(sql, [newEvent('chat.history', of.accountId, { chatId, count, more }, now)]);
  }
}
