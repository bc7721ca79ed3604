import type { Sql } from '../../../database/database.js';
import { announceMessages } from './message.updated.js';
import { MESSAGE_COLUMNS, type MessageRow } from './message.view.js';

const AT_ONCE = 500;

/** What disappears on the phones disappears here: content and raw bytes are deleted, the row stays. Answers how many. */
export async function expireMessages(sql: Sql, now: Date): Promise<number> {
  const { rows } = await sql.query<MessageRow>(
    `with old as (
       select id from mkt_wap_messages
       where expires_at <= $1 and status not in ('queued', 'sending', 'unknown') limit $2 for update skip locked
     ), m as (
       update mkt_wap_messages m set content = '{"kind":"gone","why":"expired"}', kind = 'gone', raw = null,
         expires_at = null, updated_at = $1
       from old where m.id = old.id returning m.*
     )
     select ${MESSAGE_COLUMNS} from m left join mkt_wap_people p on p.id = m.sender_id`,
    [now, AT_ONCE],
  );
  await announceMessages(sql, rows, now);
  return rows.length;
}
