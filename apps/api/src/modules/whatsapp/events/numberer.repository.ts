import type { Store } from '../../../database/database.js';
import { transact } from '../../../database/transaction.js';

/**
 * Gives the next numbers to what has committed and has none, in order of insertion; answers how many, and the last position.
 *
 * The counter is locked before the events are read, in a statement of its own: a second numberer waits there, and then
 * reads what the first has left. So two do no harm, and a transaction that stays open elsewhere holds up nobody: its
 * events get later numbers when they come.
 */
export async function numberEvents(store: Store, limit: number): Promise<{ numbered: number; position: number }> {
  return transact(store.pool, async (sql) => {
    const { rows: counters } = await sql.query({ name: 'lock-event-counter', text: LOCK });
    const { rows } = await sql.query({ name: 'number-events', text: NUMBER, values: [limit, counters[0].position] });
    return rows[0];
  });
}

const LOCK = `select position from mkt_wap_event_counter where id = 1 for update`;

/**
 * Each row is found again where it lies: while the counter is locked nobody else changes one without a number. By a look-up of
 * its own, that is: by the statistics there are none without a number, and for so few PostgreSQL compares each with each.
 */
const NUMBER = `
  with batch as materialized (
    select tid, account_id,
      row_number() over (order by row) as place,
      row_number() over (partition by account_id order by row) as account_place
    from (select ctid as tid, row, account_id from mkt_wap_events where position is null order by row limit $1) unnumbered
  ),
  numbers as materialized (
    select tid, batch.account_id, $2::bigint + place as position,
      case when batch.account_id is not null then coalesce(before.sequence, 0) + account_place end as sequence
    from batch left join mkt_wap_event_sequences before on before.account_id = batch.account_id
  ),
  sequences as (
    insert into mkt_wap_event_sequences (account_id, sequence)
    select account_id, max(sequence) from numbers where account_id is not null group by account_id
    on conflict (account_id) do update set sequence = excluded.sequence
  ),
  counter as (
    update mkt_wap_event_counter set position = $2 + (select count(*) from batch) where id = 1 returning position
  ),
  numbered as (
    update mkt_wap_events e set position = numbers.position, sequence = numbers.sequence
    from numbers where e.ctid = numbers.tid
  )
  select (select count(*) from batch)::int as numbered, position from counter`;
