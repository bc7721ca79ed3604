import type { Sql } from '../../../database/database.js';
import { eraseMessages } from './erase.repository.js';
import { announceMessages } from './message.updated.js';

const AT_ONCE = 500;

/** Somebody in the chat has kept it for everybody, and nobody has taken that back. */
const KEPT = `coalesce((select (k.content ->> 'kept')::boolean from mkt_wap_messages k
  where k.chat_id = m.chat_id and k.target_wa_id = m.wa_id and k.kind = 'keep' order by k.ordinal desc limit 1), false)`;

/** What disappears on the phones disappears here. Answers how many. */
export async function expireMessages(sql: Sql, now: Date): Promise<number> {
  const { rows } = await sql.query<{ id: string }>(
    `select id from mkt_wap_messages m
     where expires_at <= $1 and status not in ('queued', 'sending', 'unknown') and not ${KEPT} limit $2`,
    [now, AT_ONCE],
  );
  const erased = await eraseMessages(
    sql,
    rows.map(({ id }) => id),
    'expired',
    now,
  );
  await announceMessages(sql, erased, now);
  return erased.length;
}
