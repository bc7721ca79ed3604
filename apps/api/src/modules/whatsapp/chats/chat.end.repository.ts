import type { Sql } from '../../../database/database.js';
import { allowedAccounts, type Ctx } from '../../auth/ctx.js';
import type { ChatEnd } from '../engines/chats.js';
import type { LidUser, PhoneDigits } from '../jid.js';

interface Row {
  waId: string;
  direction: 'in' | 'out';
  at: Date;
  phone: PhoneDigits | null;
  lid: LidUser | null;
}

const COLUMNS = `m.wa_id as "waId", m.direction, m.timestamp as at, p.phone, p.lid
  from mkt_wap_messages m left join mkt_wap_people p on p.id = m.sender_id`;
/** What WhatsApp knows of, too. */
const KNOWN = `m.target_wa_id is null and m.kind <> 'call' and m.status not in ('queued', 'failed', 'cancelled', 'expired')`;

/** The newest or the oldest message of a chat that WhatsApp knows of, too. */
export async function endOfChat(
  sql: Sql,
  ctx: Ctx,
  chatId: string,
  which: 'newest' | 'oldest',
): Promise<ChatEnd | null> {
  const { rows } = await sql.query<Row>(
    `select ${COLUMNS} where m.chat_id = $1 and ($2::uuid[] is null or m.account_id = any($2)) and ${KNOWN} order by m.ordinal ${which === 'newest' ? 'desc' : 'asc'} limit 1`,
    [chatId, allowedAccounts(ctx)],
  );
  return rows[0] ? toEnd(rows[0]) : null;
}

export async function endAt(sql: Sql, ctx: Ctx, messageId: string): Promise<ChatEnd | null> {
  const { rows } = await sql.query<Row>(
    `select ${COLUMNS} where m.id = $1 and ($2::uuid[] is null or m.account_id = any($2))`,
    [messageId, allowedAccounts(ctx)],
  );
  return rows[0] ? toEnd(rows[0]) : null;
}

const toEnd = ({ waId, direction, at, phone, lid }: Row): ChatEnd => ({
  waId,
  fromMe: direction === 'out',
  sender: direction === 'out' ? null : { phone, lid },
  at: at.getTime(),
});
