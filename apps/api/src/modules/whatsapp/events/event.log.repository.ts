import type { EventName, EventPayload } from '@trunkline/contracts';
import { v7 as uuid } from 'uuid';
import type { Sql } from '../../../database/database.js';
import { storableJson } from '../../../database/text.js';

export interface NewEvent<N extends EventName = EventName> {
  event: N;
  accountId: string | null;
  payload: EventPayload<N>;
  timestamp: Date;
}

/** So that a payload is checked against the name of its event. */
export const newEvent = <N extends EventName>(
  event: N,
  accountId: string | null,
  payload: EventPayload<N>,
  timestamp: Date,
): NewEvent => ({ event, accountId, payload, timestamp });

/**
 * Puts events into the log, unnumbered, in the transaction of the change that they tell; in order. Wake the numberer
 * (`unnumbered`) after the commit.
 */
export async function appendEvents(sql: Sql, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  await sql.query({
    name: 'append-events',
    text: `insert into mkt_wap_events (id, account_id, event, payload, timestamp)
      select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::jsonb[], $5::timestamptz[])`,
    values: [
      events.map(() => uuid()),
      events.map((event) => event.accountId),
      events.map((event) => event.event),
      events.map((event) => storableJson(event.payload)),
      events.map((event) => event.timestamp),
    ],
  });
}
