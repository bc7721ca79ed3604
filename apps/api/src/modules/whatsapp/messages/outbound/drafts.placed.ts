import type { Network } from '@trunkline/contracts';
import type { Sql } from '../../../../database/database.js';
import type { Ctx } from '../../../auth/ctx.js';
import { announceMergedChats } from '../../chats/chat.merged.js';
import { type ChatPartner, chatKey, resolveChats } from '../../chats/chat.repository.js';
import { personKey, resolvePeople } from '../../contacts/people.repository.js';
import { ensureGroups } from '../../groups/group.writer.js';
import type { GroupJid, PersonAddress } from '../../jid.js';
import type { Draft } from './draft.js';
import { findAccountChats } from './intake.repository.js';
import { parseRecipient } from './recipient.js';

type Placing = Pick<Draft, 'accountId' | 'chatId' | 'to'> & { network: Network };

/** The chat of each draft, in their order, made where there was none; undefined for a `chatId` that its account has not. */
export async function placeDrafts(
  sql: Sql,
  ctx: Ctx,
  drafts: readonly Placing[],
  now: Date,
): Promise<(string | undefined)[]> {
  const named = await findAccountChats(
    sql,
    ctx,
    drafts.flatMap(({ chatId }) => chatId ?? []),
  );
  const made = new Map<Placing, string>();
  for (const network of new Set(drafts.map((draft) => draft.network))) {
    const addressed = drafts.filter((draft) => draft.to !== undefined && draft.network === network);
    for (const [draft, chatId] of await chatsFor(sql, network, addressed, now)) made.set(draft, chatId);
  }
  return drafts.map((draft) =>
    draft.chatId === undefined
      ? made.get(draft)
      : named.get(draft.chatId) === draft.accountId
        ? draft.chatId
        : undefined,
  );
}

async function chatsFor(
  sql: Sql,
  network: Network,
  drafts: readonly Placing[],
  now: Date,
): Promise<[Placing, string][]> {
  if (drafts.length === 0) return [];
  const addressed = drafts.map((draft) => ({ draft, to: parseRecipient(draft.to!, network) }));
  const people = addressed.flatMap(({ to }): PersonAddress[] => (typeof to === 'string' ? [] : [to]));
  const { ids, mergedChats } = await resolvePeople(sql, network, people, now);
  await announceMergedChats(sql, mergedChats, now);
  const jids = addressed.flatMap(({ to }): GroupJid[] => (typeof to === 'string' ? [to] : []));
  const groups = await ensureGroups(sql, network, jids, now);
  const sightings = addressed.map(({ draft, to }) => ({
    accountId: draft.accountId,
    network,
    partner: (typeof to === 'string'
      ? { personId: null, groupId: groups.get(to)! }
      : { personId: ids.get(personKey(to))!, groupId: null }) satisfies ChatPartner,
  }));
  const chats = await resolveChats(sql, sightings, now);
  return sightings.map(({ accountId, partner }, at) => [drafts[at]!, chats.get(chatKey(accountId, partner))!]);
}
