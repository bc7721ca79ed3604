/** From a chat as the engine names it to its row, made where there is none. */
import type { Network } from '@trunkline/contracts';
import type { Sql } from '../../../database/database.js';
import { personKey, resolvePeople } from '../contacts/people.repository.js';
import { ensureGroups } from '../groups/group.writer.js';
import type { GroupJid, PersonAddress } from '../jid.js';
import { announceMergedChats } from './chat.merged.js';
import { chatKey, type ChatPartner, resolveChats } from './chat.repository.js';

export type ChatAddress = PersonAddress | GroupJid;

/** One at a time: for what is rare. */
export async function chatAt(
  sql: Sql,
  { accountId, network }: { accountId: string; network: Network },
  chat: ChatAddress,
  now: Date,
): Promise<string> {
  const partner = await partnerOf(sql, network, chat, now);
  return (await resolveChats(sql, [{ accountId, network, partner, quiet: true }], now)).get(
    chatKey(accountId, partner),
  )!;
}

export async function partnerOf(sql: Sql, network: Network, chat: ChatAddress, now: Date): Promise<ChatPartner> {
  if (typeof chat === 'string')
    return { personId: null, groupId: (await ensureGroups(sql, network, [chat], now)).get(chat)! };
  const { ids, mergedChats } = await resolvePeople(sql, network, [chat], now);
  await announceMergedChats(sql, mergedChats, now);
  return { personId: ids.get(personKey(chat))!, groupId: null };
}
