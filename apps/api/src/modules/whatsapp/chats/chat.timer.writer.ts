/** How long messages of a chat live, as somebody in it said. An older word does not undo a newer one. */
import type { Network } from '@trunkline/contracts';
import type { Sql } from '../../../database/database.js';
import { personKey, resolvePeople } from '../contacts/people.repository.js';
import type { EngineEvent } from '../engines/engine.js';
import { ensureGroups } from '../groups/group.writer.js';
import { announceChats } from './chat.announce.js';
import { announceMergedChats } from './chat.merged.js';
import { chatKey, type ChatPartner, resolveChats } from './chat.repository.js';

export type Timer = Extract<EngineEvent, { type: 'ephemeral' }>;

export interface TimerEntry {
  accountId: string;
  network: Network;
  timer: Timer;
}

export async function writeTimers(sql: Sql, entries: readonly TimerEntry[], now: Date): Promise<void> {
  for (const entry of entries) {
    const chatId = await chatOf(sql, entry, now);
    const { rowCount } = await sql.query(
      `update mkt_wap_chats set ephemeral_seconds = $2, ephemeral_since = $3
       where id = $1 and (ephemeral_since is null or ephemeral_since < $3) and ephemeral_seconds is distinct from $2`,
      [chatId, entry.timer.seconds, new Date(entry.timer.at)],
    );
    if (rowCount === 1) await announceChats(sql, [chatId], now);
  }
}

/** One at a time: they are rare. */
async function chatOf(sql: Sql, { accountId, network, timer: { chat } }: TimerEntry, now: Date): Promise<string> {
  const partner = await partnerOf(sql, network, chat, now);
  return (await resolveChats(sql, [{ accountId, network, partner }], now)).get(chatKey(accountId, partner))!;
}

export async function partnerOf(sql: Sql, network: Network, chat: Timer['chat'], now: Date): Promise<ChatPartner> {
  if (typeof chat === 'string')
    return { personId: null, groupId: (await ensureGroups(sql, network, [chat], now)).get(chat)! };
  const { ids, mergedChats } = await resolvePeople(sql, network, [chat], now);
  await announceMergedChats(sql, mergedChats, now);
  return { personId: ids.get(personKey(chat))!, groupId: null };
}
