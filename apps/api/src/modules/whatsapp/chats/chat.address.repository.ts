import type { Sql } from '../../../database/database.js';
import { ProblemError } from '../../../errors/problem.js';
import { allowedAccounts, type Ctx } from '../../auth/ctx.js';
import type { GroupJid, LidUser, PersonAddress, PhoneDigits } from '../jid.js';

type Row = { group: GroupJid | null; phone: PhoneDigits | null; lid: LidUser | null };

/** Whom a chat is with, as the engine names them. */
export async function addressOfChat(sql: Sql, ctx: Ctx, chatId: string): Promise<PersonAddress | GroupJid> {
  const { rows } = await sql.query<Row>(
    `select g.wa_id as "group", p.phone, p.lid from mkt_wap_chats c
     left join mkt_wap_groups g on g.id = c.group_id left join mkt_wap_people p on p.id = c.person_id
     where c.id = $1 and ($2::uuid[] is null or c.account_id = any($2))`,
    [chatId, allowedAccounts(ctx)],
  );
  const [row] = rows;
  if (!row) throw new ProblemError('not_found', 'There is no such chat.');
  return row.group ?? { phone: row.phone, lid: row.lid };
}

/** The last messages that came in, so many as are unread, with who wrote each. */
export async function unreadOf(
  sql: Sql,
  ctx: Ctx,
  chatId: string,
  count: number,
): Promise<{ waId: string; sender: PersonAddress }[]> {
  const { rows } = await sql.query<{ waId: string; phone: PhoneDigits | null; lid: LidUser | null }>(
    `select m.wa_id as "waId", p.phone, p.lid from mkt_wap_messages m join mkt_wap_people p on p.id = m.sender_id
     where m.chat_id = $1 and ($3::uuid[] is null or m.account_id = any($3)) and m.direction = 'in' and m.target_wa_id is null and m.kind <> 'call'
     order by m.ordinal desc limit $2`,
    [chatId, Math.min(count, 1_000), allowedAccounts(ctx)],
  );
  return rows.map(({ waId, phone, lid }) => ({ waId, sender: { phone, lid } }));
}
