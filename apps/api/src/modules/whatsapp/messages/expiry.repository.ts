import type { Sql } from '../../../database/database.js';
import { eraseMessages } from './erase.repository.js';
import { announceMessages } from './message.updated.js';

const AT_ONCE = 500;

/** What disappears on the phones disappears here. Answers how many. */
export async function expireMessages(sql: Sql, now: Date): Promise<number> {
  const { rows } = await sql.query<{ id: string }>(
    `select id from mkt_wap_messages
     where expires_at <= $1 and status not in ('queued', 'sending', 'unknown') limit $2`,
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
