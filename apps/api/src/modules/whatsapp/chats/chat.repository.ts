import { v7 as uuid } from 'uuid';
import type { Network } from '@trunkline/contracts';
import type { Sql } from '../../../database/database.js';

/** Whom an account talks with. */
export type ChatPartner = { personId: string; groupId: null } | { personId: null; groupId: string };

export interface ChatSighting {
  accountId: string;
  network: Network;
  partner: ChatPartner;
  /** Nothing was said: a chat that is made for it has no activity. */
  quiet?: boolean;
}

export const chatKey = (accountId: string, { personId, groupId }: ChatPartner): string =>
  `${accountId}/${personId ?? groupId}`;

/** The chats of these partners, made where there was none; by `chatKey`. */
export async function resolveChats(sql: Sql, chats: readonly ChatSighting[], now: Date): Promise<Map<string, string>> {
  const ids = await ensureChats(sql, chats, now);
  return new Map(chats.map(({ accountId, partner }, place) => [chatKey(accountId, partner), ids[place]!]));
}

async function ensureChats(sql: Sql, chats: readonly ChatSighting[], now: Date): Promise<string[]> {
  if (chats.length === 0) return [];
  const keys = chats.map(({ partner, ...chat }) => ({ ...chat, ...partner }));
  const columns = [
    keys.map(({ accountId }) => accountId),
    keys.map(({ personId }) => personId),
    keys.map(({ groupId }) => groupId),
  ];
  const ids = await findChats(sql, columns);
  if (!ids.includes(null)) return ids as string[];
  await sql.query(
    `insert into mkt_wap_chats (id, account_id, person_id, group_id, network, created_at, last_activity_at)
     select distinct on (k.account_id, k.person_id, k.group_id)
       k.id, k.account_id, k.person_id, k.group_id, k.network, $6::timestamptz, case when not k.quiet then $6::timestamptz end
     from unnest($4::uuid[], $1::uuid[], $2::uuid[], $3::uuid[], $5::text[], $7::boolean[])
       as k (id, account_id, person_id, group_id, network, quiet)
     order by k.account_id, k.person_id, k.group_id, k.quiet
     on conflict do nothing`,
    [
      ...columns,
      keys.map(() => uuid()),
      keys.map(({ network }) => network),
      now,
      keys.map(({ quiet }) => quiet ?? false),
    ],
  );
  return (await findChats(sql, columns)) as string[];
}

async function findChats(sql: Sql, columns: readonly unknown[]): Promise<(string | null)[]> {
  const { rows } = await sql.query({
    name: 'find-chats',
    text: `select coalesce(p.id, g.id) as id
      from unnest($1::uuid[], $2::uuid[], $3::uuid[]) with ordinality as k (account_id, person_id, group_id, place)
      left join mkt_wap_chats p on p.account_id = k.account_id and p.person_id = k.person_id
      left join mkt_wap_chats g on g.account_id = k.account_id and g.group_id = k.group_id
      order by k.place`,
    values: [...columns],
  });
  return rows.map((row) => row.id);
}

/** Messages of one chat are numbered and committed in the same order: who writes one holds the chat. */
export async function lockChats(sql: Sql, chatIds: readonly string[]): Promise<void> {
  await sql.query({
    name: 'lock-chats',
    text: `select from mkt_wap_chats where id = any($1) order by id for no key update`,
    values: [chatIds],
  });
}

export interface ChatProgress {
  chatId: string;
  /** Null: nothing that a chat list shows. */
  lastMessageId: string | null;
  at: Date;
  unread: number;
  /** From a history: it is the last message of a chat that has none, and no activity. */
  quiet: boolean;
  /** When the other side last wrote, and since when the two know each other; null: this tells nothing of it. */
  heardAt: Date | null;
  knownSince: Date | null;
}

/** After messages were stored: one entry for each chat. */
export async function advanceChats(sql: Sql, activity: readonly ChatProgress[]): Promise<void> {
  if (activity.length === 0) return;
  const sorted = activity.toSorted((a, b) => (a.chatId < b.chatId ? -1 : 1));
  await sql.query({
    name: 'advance-chats',
    text: `update mkt_wap_chats c set
        last_message_id = coalesce(case when n.quiet then c.last_message_id end, n.message_id, c.last_message_id),
        last_activity_at = case when n.quiet then c.last_activity_at else greatest(c.last_activity_at, n.at) end,
        unread = c.unread + n.unread,
        heard_at = greatest(c.heard_at, n.heard_at),
        known_since = least(c.known_since, n.known_since)
      from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::int[], $5::bool[], $6::timestamptz[], $7::timestamptz[])
        as n (id, message_id, at, unread, quiet, heard_at, known_since)
      where c.id = n.id`,
    values: [
      sorted.map(({ chatId }) => chatId),
      sorted.map(({ lastMessageId }) => lastMessageId),
      sorted.map(({ at }) => at),
      sorted.map(({ unread }) => unread),
      sorted.map(({ quiet }) => quiet),
      sorted.map(({ heardAt }) => heardAt),
      sorted.map(({ knownSince }) => knownSince),
    ],
  });
}
