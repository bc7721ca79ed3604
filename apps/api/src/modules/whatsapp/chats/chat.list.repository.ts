import type { Chat, chatListQuery, Page } from '@trunkline/contracts';
import type { z } from 'zod';
import { pageOfRows, readCursor } from '../../../database/cursor.js';
import type { Sql } from '../../../database/database.js';
import { allowedAccounts, type Ctx } from '../../auth/ctx.js';
import { MESSAGE_COLUMNS, type MessageRow } from '../messages/message.view.js';
import { type ChatRow, toChat } from './chat.view.js';

const CHATS = `select c.id as chat_id, c.account_id, c.network, c.person_id, c.group_id, c.unread, c.last_message_id,
    c.last_activity_at, c.created_at, c.ephemeral_seconds, c.archived_at, c.pinned_at, c.muted_until, c.marked_unread_at, c.history_ended_at,
    b.person_id is not null as blocked, g.subject, p.phone, p.lid, p.push_name
  from mkt_wap_chats c
  join mkt_wap_accounts a on a.id = c.account_id and a.deleted_at is null
  left join mkt_wap_groups g on g.id = c.group_id
  left join mkt_wap_people p on p.id = c.person_id
  left join mkt_wap_blocks b on b.account_id = c.account_id and b.person_id = c.person_id
  where ($1::uuid[] is null or c.account_id = any($1))`;

type Listed = ChatRow & { last_message_id: string | null; active_at: Date; pinned: boolean };

/** Where nothing was ever said, as in one that was archived before. */
const ACTIVE_AT = `coalesce(last_activity_at, to_timestamp(0))`;

/** Pinned ones first, then the latest activity. */
export async function listChats(sql: Sql, ctx: Ctx, query: z.infer<typeof chatListQuery>): Promise<Page<Chat>> {
  const after = readCursor(query.cursor, 3);
  const { rows } = await sql.query<Listed>(
    `select *, ${ACTIVE_AT} as active_at, pinned_at is not null as pinned from (${CHATS}) chat
     where ($2::uuid is null or account_id = $2)
       and ($3::text is null or push_name ilike $3 or subject ilike $3 or '+' || phone ilike $3)
       and ($7::boolean is null or (archived_at is not null) = $7)
       and ($4::timestamptz is null
         or (pinned_at is not null, ${ACTIVE_AT}, chat_id) < ($8, $4, $5::uuid))
     order by pinned desc, active_at desc, chat_id desc limit $6`,
    [
      allowedAccounts(ctx),
      query.accountId ?? null,
      query.search ? `%${query.search.replaceAll(/[\\%_]/g, '\\$&')}%` : null,
      after?.[1] ?? null,
      after?.[2] ?? null,
      query.limit + 1,
      query.archived ?? null,
      after ? after[0] === 'true' : null,
    ],
  );
  const last = await lastMessages(sql, rows);
  return pageOfRows(
    rows,
    query.limit,
    (row) => toChat(row, row.last_message_id === null ? undefined : last.get(row.last_message_id)),
    (row) => [String(row.pinned), row.active_at.toISOString(), row.chat_id],
  );
}

export async function findChat(sql: Sql, ctx: Ctx, id: string): Promise<Chat | undefined> {
  const { rows } = await sql.query<Listed>(`${CHATS} and c.id = $2`, [allowedAccounts(ctx), id]);
  const last = await lastMessages(sql, rows);
  return rows[0] && toChat(rows[0], last.get(rows[0].last_message_id ?? ''));
}

/** True when there was something unread, or it was marked so. */
export async function readChat(sql: Sql, id: string): Promise<boolean> {
  const { rowCount } = await sql.query(
    `update mkt_wap_chats set unread = 0, marked_unread_at = null
     where id = $1 and (unread > 0 or marked_unread_at is not null)`,
    [id],
  );
  return rowCount === 1;
}

async function lastMessages(sql: Sql, chats: readonly Listed[]): Promise<Map<string, MessageRow>> {
  const { rows } = await sql.query<MessageRow>(
    `select ${MESSAGE_COLUMNS} from mkt_wap_messages m left join mkt_wap_people p on p.id = m.sender_id where m.id = any($1)`,
    [chats.flatMap((chat) => chat.last_message_id ?? [])],
  );
  return new Map(rows.map((row) => [row.id, row]));
}
