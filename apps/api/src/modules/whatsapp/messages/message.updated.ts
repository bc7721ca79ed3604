/** Tells that messages read differently, since something was said about them. */
import { isChange } from '@trunkline/contracts';
import type { Sql } from '../../../database/database.js';
import { appendEvents, newEvent } from '../events/event.log.repository.js';
import { MESSAGE_COLUMNS, type MessageRow, toMessage } from './message.view.js';

export interface TargetKey {
  chatId: string;
  waId: string;
}

/** What a row changes: nothing, or one other message. */
export const targetOf = ({ chat_id: chatId, content }: Pick<MessageRow, 'chat_id' | 'content'>): TargetKey[] =>
  isChange(content) ? [{ chatId, waId: content.targetWaId }] : [];

/** Those that are known. */
export async function findTargets(sql: Sql, targets: readonly TargetKey[]): Promise<MessageRow[]> {
  if (targets.length === 0) return [];
  const { rows } = await sql.query<MessageRow>({
    name: 'message-targets',
    text: `select distinct on (m.id) ${MESSAGE_COLUMNS}
      from unnest($1::uuid[], $2::text[]) as t (chat_id, wa_id)
      join mkt_wap_chats c on c.id = t.chat_id
      join mkt_wap_messages m on m.account_id = c.account_id and m.chat_id = t.chat_id and m.wa_id = t.wa_id
      left join mkt_wap_people p on p.id = m.sender_id order by m.id`,
    values: [targets.map(({ chatId }) => chatId), targets.map(({ waId }) => waId)],
  });
  return rows;
}

/** Of those that are not known yet nothing is to be told. */
export async function announceUpdated(sql: Sql, targets: readonly TargetKey[], now: Date): Promise<void> {
  await announceMessages(sql, await findTargets(sql, targets), now);
}

export async function announceMessages(sql: Sql, rows: readonly MessageRow[], now: Date): Promise<void> {
  await appendEvents(
    sql,
    rows.map((row) => newEvent('message.updated', row.account_id, { message: toMessage(row) }, now)),
  );
}
