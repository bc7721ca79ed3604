/** Votes and answers that came sealed, and became readable when their poll or event was known; calls that have gone on. */
import { isChange, type MessageContent } from '@trunkline/contracts';
import type { Sql } from '../../../../database/database.js';
import { storableJson } from '../../../../database/text.js';
import { announceUpdated, targetOf } from '../message.updated.js';

export interface ReadEntry {
  accountId: string;
  waId: string;
  content: MessageContent;
}

export async function writeRead(sql: Sql, entries: readonly ReadEntry[], now: Date): Promise<void> {
  const { rows } = await sql.query<{ chat_id: string; wa_id: string; content: MessageContent }>(
    `update mkt_wap_messages m set content = new.content, updated_at = $4
     from unnest($1::uuid[], $2::text[], $3::jsonb[]) as new (account_id, wa_id, content)
     where m.account_id = new.account_id and m.wa_id = new.wa_id and m.content ->> 'kind' = new.content ->> 'kind'
       and m.content is distinct from new.content
     returning m.chat_id, m.wa_id, m.content`,
    [
      entries.map(({ accountId }) => accountId),
      entries.map(({ waId }) => waId),
      entries.map(({ content }) => storableJson(content)),
      now,
    ],
  );
  const itself = rows.filter(({ content }) => !isChange(content));
  const targets = itself.map(({ chat_id: chatId, wa_id: waId }) => ({ chatId, waId }));
  await announceUpdated(sql, [...rows.flatMap(targetOf), ...targets], now);
}
