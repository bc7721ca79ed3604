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
    await sql.query(`select from mkt_wap_event_counter where id = 1 for update`);
    const { rows } = await sql.query({ name: 'number-events', text: NUMBER, values: [limit] });
    return rows[0];
  });
}

const NUMBER = `
  with batch as materialized (
    select row, account_id,
      row_number() over (order by row) as place,
      row_number() over (partition by account_id order by row) as account_place
    from (select row, account_id from mkt_wap_events where position is null order by row limit $1) unnumbered
  ),
  totals as (select account_id, count(*) as n from batch where account_id is not null group by account_id),
  sequences as (
    insert into mkt_wap_event_sequences as s (account_id, sequence) select account_id, n from totals
    on conflict (account_id) do update set sequence = s.sequence + excluded.sequence
    returning account_id, sequence
  ),
  counter as (
    update mkt_wap_event_counter set position = position + (select count(*) from batch) where id = 1 returning position
  ),
  numbered as (
    update mkt_wap_events e set
      position = counter.position - (select count(*) from batch) + batch.place,
      sequence = sequences.sequence - totals.n + batch.account_place
    from batch cross join counter
    left join totals on totals.account_id = batch.account_id
    left join sequences on sequences.account_id = batch.account_id
    where e.row = batch.row and e.position is null
  )
  select (select count(*) from batch)::int as numbered, position from counter`;
