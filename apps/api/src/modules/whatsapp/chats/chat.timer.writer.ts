/** How long messages of a chat live, as somebody in it said. An older word does not undo a newer one. */
import type { Network } from '@trunkline/contracts';
import type { Sql } from '../../../database/database.js';
import type { EngineEvent } from '../engines/engine.js';
import { announceChats } from './chat.announce.js';
import { chatAt } from './chat.partner.js';

export type Timer = Extract<EngineEvent, { type: 'ephemeral' }>;

export interface TimerEntry {
  accountId: string;
  network: Network;
  timer: Timer;
}

export async function writeTimers(sql: Sql, entries: readonly TimerEntry[], now: Date): Promise<void> {
  for (const entry of entries) {
    const chatId = await chatAt(sql, entry, entry.timer.chat, now);
    const { rowCount } = await sql.query(
      `update mkt_wap_chats set ephemeral_seconds = $2, ephemeral_since = $3
       where id = $1 and (ephemeral_since is null or ephemeral_since < $3) and ephemeral_seconds is distinct from $2`,
      [chatId, entry.timer.seconds, new Date(entry.timer.at)],
    );
    if (rowCount === 1) await announceChats(sql, [chatId], now);
  }
}
