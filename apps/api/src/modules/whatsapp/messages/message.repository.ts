import type { Message, Page, PageQuery } from '@trunkline/contracts';
import { pageOfRows, readCursor } from '../../../database/cursor.js';
import type { Sql } from '../../../database/database.js';
import { allowedAccounts, type Ctx } from '../../auth/ctx.js';
import { MESSAGE_COLUMNS, type MessageRow, toMessage } from './message.view.js';

const VISIBLE = `from mkt_wap_messages m
  join mkt_wap_accounts a on a.id = m.account_id and a.deleted_at is null
  left join mkt_wap_people p on p.id = m.sender_id
  where ($1::uuid[] is null or m.account_id = any($1))`;

/** Newest first, without what only changes other messages. */
export async function listMessages(sql: Sql, ctx: Ctx, query: PageQuery & { chatId: string }): Promise<Page<Message>> {
  const before = readCursor(query.cursor, 1);
  const { rows } = await sql.query<MessageRow>(
    `select ${MESSAGE_COLUMNS} ${VISIBLE} and m.chat_id = $2 and m.target_wa_id is null and ($3::bigint is null or m.ordinal < $3)
     order by m.ordinal desc limit $4`,
    [allowedAccounts(ctx), query.chatId, before?.[0] ?? null, query.limit + 1],
  );
  return pageOfRows(rows, query.limit, toMessage, (row) => [row.ordinal]);
}

/**
 * Newest first: by the index on the words of texts and captions, those of edits too, which stand for the message they
 * changed. Each kind gives its newest and no more: a word that every message has is not looked at for all of them. What was deleted or has expired since is left out by the caller's view of it.
 */
export async function searchMessages(
  sql: Sql,
  ctx: Ctx,
  query: PageQuery & { text: string; chatId?: string | undefined; accountId?: string | undefined },
): Promise<Page<Message>> {
  const before = readCursor(query.cursor, 1);
  const { rows } = await sql.query<MessageRow>(
    `with found as (
       (select m.id ${SEARCHED} and ${WORDS('m')} @@ to_tsquery('simple', $2) order by m.ordinal desc limit $6)
       union
       (select m.id from mkt_wap_messages e
         join lateral (select m.id, m.ordinal ${SEARCHED} and m.chat_id = e.chat_id and m.wa_id = e.target_wa_id) m on true
         where e.kind = 'edit' and ${WORDS('e')} @@ to_tsquery('simple', $2) order by m.ordinal desc limit $6)
     )
     select ${MESSAGE_COLUMNS} from found join mkt_wap_messages m on m.id = found.id
     left join mkt_wap_people p on p.id = m.sender_id
     order by m.ordinal desc limit $6`,
    [
      allowedAccounts(ctx),
      tsquery(query.text),
      before?.[0] ?? null,
      query.chatId ?? null,
      query.accountId ?? null,
      query.limit + 1,
    ],
  );
  const page = pageOfRows(rows, query.limit, toMessage, (row) => [row.ordinal]);
  return { ...page, items: page.items.filter(({ content }) => content.kind !== 'gone') };
}

const SEARCHED = `${VISIBLE} and m.target_wa_id is null and ($4::uuid is null or m.chat_id = $4)
  and ($5::uuid is null or m.account_id = $5) and ($3::bigint is null or m.ordinal < $3)`;

/** As the index has it, word for word. */
const WORDS = (of: string): string =>
  `to_tsvector('simple', coalesce(${of}.content ->> 'text', ${of}.content ->> 'caption', ''))`;

/** Every word must be there; quoted, so that nothing in it is an operator. */
const tsquery = (text: string): string =>
  text
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => `'${word.replaceAll(/['\\]/g, ' ').trim() || ' '}':*`)
    .join(' & ');

/** In the order in which they were made. */
export async function findMessages(sql: Sql, ctx: Ctx, ids: readonly string[]): Promise<Message[]> {
  const { rows } = await sql.query<MessageRow>(
    `select ${MESSAGE_COLUMNS} ${VISIBLE} and m.id = any($2) order by m.ordinal`,
    [allowedAccounts(ctx), ids],
  );
  return rows.map(toMessage);
}

export async function findMessage(sql: Sql, ctx: Ctx, id: string): Promise<Message | undefined> {
  return (await findMessages(sql, ctx, [id]))[0];
}
