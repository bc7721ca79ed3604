import type { MemberReceipt, Message, Page, PageQuery } from '@trunkline/contracts';
import { pageOfRows, readCursor } from '../../../../database/cursor.js';
import type { Sql } from '../../../../database/database.js';
import { type Ctx, demandAccount } from '../../../auth/ctx.js';
import { e164, type PhoneDigits } from '../../jid.js';

interface Row {
  person_id: string;
  phone: string | null;
  lid: string | null;
  push_name: string | null;
  delivered_at: Date | null;
  read_at: Date | null;
  played_at: Date | null;
}

/**
 * By person: in a group the members as they are now but for the account itself, and whoever has sent a receipt; in a chat
 * with a person that person, with the times of the message.
 */
export async function listReceipts(
  sql: Sql,
  ctx: Ctx,
  message: Message,
  query: PageQuery,
): Promise<Page<MemberReceipt>> {
  demandAccount(ctx, message.accountId);
  const after = readCursor(query.cursor, 1);
  const { rows } = await sql.query<Row>(
    `with chat as (select c.group_id, c.person_id, a.phone_number, a.lid from mkt_wap_chats c
         join mkt_wap_accounts a on a.id = c.account_id where c.id = $1),
       members as (
         select gp.person_id from chat join mkt_wap_group_participants gp on gp.group_id = chat.group_id
         union select r.person_id from mkt_wap_message_receipts r where r.message_id = $2
         union select chat.person_id from chat where chat.person_id is not null)
     select p.id as person_id, p.phone, p.lid, p.push_name,
       case when chat.person_id is null then r.delivered_at else $3::timestamptz end as delivered_at,
       case when chat.person_id is null then r.read_at else $4::timestamptz end as read_at,
       case when chat.person_id is null then r.played_at else $5::timestamptz end as played_at
     from chat cross join members join mkt_wap_people p on p.id = members.person_id
     left join mkt_wap_message_receipts r on r.message_id = $2 and r.person_id = p.id
     where ($6::uuid is null or p.id > $6)
       and (r.person_id is not null or chat.person_id is not null
         or ('+' || p.phone is distinct from chat.phone_number and (chat.lid is null or p.lid is distinct from chat.lid)))
     order by p.id limit $7`,
    [
      message.chatId,
      message.id,
      message.deliveredAt,
      message.readAt,
      message.playedAt,
      after?.[0] ?? null,
      query.limit + 1,
    ],
  );
  return pageOfRows(rows, query.limit, toReceipt, (row) => [row.person_id]);
}

const toReceipt = (row: Row): MemberReceipt => ({
  personId: row.person_id,
  phoneNumber: row.phone && e164(row.phone as PhoneDigits),
  lid: row.lid,
  name: row.push_name,
  deliveredAt: row.delivered_at?.toISOString() ?? null,
  readAt: row.read_at?.toISOString() ?? null,
  playedAt: row.played_at?.toISOString() ?? null,
});
