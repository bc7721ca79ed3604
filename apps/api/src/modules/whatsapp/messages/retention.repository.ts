import type { Sql } from '../../../database/database.js';
import { eraseMessages } from './erase.repository.js';
import { announceMessages } from './message.updated.js';

const AT_ONCE = 500;

/** What was kept for as many days as its account says is removed here; what waits or is on its way stays. Answers how many. */
export async function removeOldMessages(sql: Sql, now: Date): Promise<number> {
  const { rows } = await sql.query<{ id: string }>(
    `select m.id from mkt_wap_account_messaging s join mkt_wap_messages m on m.account_id = s.account_id
     where s.keep_days is not null and m.timestamp < $1::timestamptz - make_interval(days => s.keep_days)
       and m.target_wa_id is null and m.content ->> 'kind' <> 'gone' and m.status not in ('queued', 'sending', 'unknown')
     limit $2`,
    [now, AT_ONCE],
  );
  const erased = await eraseMessages(
    sql,
    rows.map(({ id }) => id),
    'removed',
    now,
  );
  await announceMessages(sql, erased, now);
  return erased.length;
}
