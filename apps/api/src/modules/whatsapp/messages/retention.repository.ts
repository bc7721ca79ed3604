import type { Sql } from '../../../database/database.js';
import { eraseMessages } from './erase.repository.js';
import { announceMessages } from './message.updated.js';

const AT_ONCE = 500;
const FIRST = '00000000-0000-0000-0000-000000000000';

export interface Part {
  removed: number;
  /** Where the next part goes on; undefined when this was the last. */
  next: string | undefined;
}

/**
 * What was kept for as many days as its account says is removed here; what waits or is on its way stays. No index has what
 * is looked for, since each message would pay for it: rows are gone through once, in the order of their ids, a part at a time.
 */
export async function removeOldMessages(sql: Sql, now: Date, after = FIRST): Promise<Part> {
  const { rows } = await sql.query<{ id: string }>(
    `select m.id from mkt_wap_account_messaging s join mkt_wap_messages m on m.account_id = s.account_id
     where s.keep_days is not null and m.timestamp < $1::timestamptz - make_interval(days => s.keep_days)
       and m.target_wa_id is null and m.content ->> 'kind' <> 'gone' and m.status not in ('queued', 'sending', 'unknown')
       and m.id > $3
     order by m.id limit $2`,
    [now, AT_ONCE, after],
  );
  const erased = await eraseMessages(
    sql,
    rows.map(({ id }) => id),
    'removed',
    now,
  );
  await announceMessages(sql, erased, now);
  return { removed: erased.length, next: rows.length < AT_ONCE ? undefined : rows.at(-1)!.id };
}
