/**
 * What was done with chats and messages on whichever device of the account, into their rows, each in the order in which it
 * came. It may be told twice (by us and by the phone): only what changes something is an event.
 */
import type { Network } from '@trunkline/contracts';
import type { Sql } from '../../../database/database.js';
import { resolvePeople } from '../contacts/people.repository.js';
import type { ChatMark } from '../engines/chats.js';
import type { EngineEvent } from '../engines/engine.js';
import { announceUpdated } from '../messages/message.updated.js';
import type { PersonAddress } from '../jid.js';
import { announceChats } from './chat.announce.js';
import { announceMergedChats } from './chat.merged.js';
import { chatAt } from './chat.partner.js';

interface Of {
  accountId: string;
  network: Network;
}
export type MarkEntry = Of & { marked: Extract<EngineEvent, { type: 'chat-marked' }> };
export type StarEntry = Of & { star: Extract<EngineEvent, { type: 'starred' }> };
export type BlockEntry = Of & { block: Extract<EngineEvent, { type: 'blocked' }> };
export type BlocklistEntry = Of & { people: PersonAddress[] };

export async function writeMarks(sql: Sql, entries: readonly MarkEntry[], now: Date): Promise<void> {
  for (const { marked, ...of } of entries) {
    const chatId = await chatAt(sql, of, marked.chat, now);
    const { set, values } = assignment(marked.mark, now);
    const { rowCount } = await sql.query(`update mkt_wap_chats set ${set}`, [chatId, ...values]);
    if (rowCount === 1) await announceChats(sql, [chatId], now);
  }
}

/** Sets nothing where it is so already. `$1` is the chat. */
function assignment(mark: ChatMark, now: Date): { set: string; values: unknown[] } {
  const at = (ms: number | null) => (ms === null ? null : new Date(ms));
  if ('archived' in mark)
    return {
      // As on the phone, an archived chat does not stand above the others.
      set: `archived_at = case when $2 then $3::timestamptz end, pinned_at = case when not $2 then pinned_at end
        where id = $1 and (archived_at is not null) <> $2`,
      values: [mark.archived, now],
    };
  if ('pinnedAt' in mark)
    return {
      set: 'pinned_at = $2::timestamptz where id = $1 and (pinned_at is null) <> ($2::timestamptz is null)',
      values: [at(mark.pinnedAt)],
    };
  if ('mutedUntil' in mark)
    return {
      set: 'muted_until = $2::timestamptz where id = $1 and muted_until is distinct from $2::timestamptz',
      values: [at(mark.mutedUntil)],
    };
  if (mark.markedUnread)
    return { set: 'marked_unread_at = $2 where id = $1 and marked_unread_at is null', values: [now] };
  return {
    set: 'marked_unread_at = null, unread = 0 where id = $1 and (marked_unread_at is not null or unread > 0)',
    values: [],
  };
}

export async function writeStars(sql: Sql, entries: readonly StarEntry[], now: Date): Promise<void> {
  for (const { star, ...of } of entries) {
    const chatId = await chatAt(sql, of, star.chat, now);
    const { rowCount } = await sql.query(
      `update mkt_wap_messages set starred_at = case when $4 then $5::timestamptz end, updated_at = $5
       where account_id = $1 and chat_id = $2 and wa_id = $3 and (starred_at is not null) <> $4`,
      [of.accountId, chatId, star.waId, star.starred, now],
    );
    if (rowCount) await announceUpdated(sql, [{ chatId, waId: star.waId }], now);
  }
}

export async function writeBlocks(sql: Sql, entries: readonly BlockEntry[], now: Date): Promise<void> {
  for (const { block, ...of } of entries) {
    const [personId] = await idsOf(sql, of.network, [block.person], now);
    const text = block.blocked
      ? `insert into mkt_wap_blocks (account_id, person_id, blocked_at) values ($1, $2, $3) on conflict do nothing`
      : `delete from mkt_wap_blocks where account_id = $1 and person_id = $2 and blocked_at <= $3`;
    const { rowCount } = await sql.query(text, [of.accountId, personId, now]);
    if (rowCount === 1) await announcePeople(sql, of.accountId, [personId!], now);
  }
}

/** The whole list, as it is at WhatsApp. */
export async function writeBlocklists(sql: Sql, entries: readonly BlocklistEntry[], now: Date): Promise<void> {
  for (const { people, accountId, network } of entries) {
    const ids = await idsOf(sql, network, people, now);
    const { rows: gone } = await sql.query<{ id: string }>(
      `delete from mkt_wap_blocks where account_id = $1 and person_id <> all($2) returning person_id as id`,
      [accountId, ids],
    );
    const { rows: come } = await sql.query<{ id: string }>(
      `insert into mkt_wap_blocks (account_id, person_id, blocked_at) select $1, id, $3 from unnest($2::uuid[]) as id
       on conflict do nothing returning person_id as id`,
      [accountId, ids, now],
    );
    await announcePeople(
      sql,
      accountId,
      [...gone, ...come].map(({ id }) => id),
      now,
    );
  }
}

async function idsOf(sql: Sql, network: Network, people: readonly PersonAddress[], now: Date): Promise<string[]> {
  const { ids, mergedChats } = await resolvePeople(sql, network, people, now);
  await announceMergedChats(sql, mergedChats, now);
  return [...new Set(ids.values())];
}

async function announcePeople(sql: Sql, accountId: string, personIds: readonly string[], now: Date): Promise<void> {
  const { rows } = await sql.query<{ id: string }>(
    `select id from mkt_wap_chats where account_id = $1 and person_id = any($2)`,
    [accountId, personIds],
  );
  await announceChats(
    sql,
    rows.map(({ id }) => id),
    now,
  );
}
