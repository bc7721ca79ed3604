import type { AnyEvent } from '@trunkline/contracts';
import type { Sql } from '../../../database/database.js';
import { allowedAccounts, type Ctx } from '../../auth/ctx.js';

export interface EventQuery {
  /** The last position that the consumer has seen. */
  after: number;
  limit: number;
  /** Of this account only. */
  accountId?: string | null;
}

export type EventBatch =
  | {
      gone: false;
      events: AnyEvent[];
      /** Everything up to here has been looked at: the next `after`, also when a filter left events out. */
      scannedTo: number;
      /** The last position there is. */
      head: number;
    }
  /** The log no longer holds what follows `after` (or never gave it): load afresh and go on from `head`. */
  | { gone: true; head: number };

/**
 * Reads numbered events in order. Positions have no gaps and appear in order, so that whoever resumes after `scannedTo`
 * has missed nothing. Wake up by `listener.on('events')`, and poll now and then.
 */
export class EventReader {
  constructor(private readonly sql: Sql) {}

  async head(): Promise<number> {
    const { rows } = await this.sql.query(`select position from mkt_wap_event_counter where id = 1`);
    return rows[0].position;
  }

  async read(ctx: Ctx, query: EventQuery): Promise<EventBatch> {
    const { rows } = await this.sql.query({ name: 'read-events', text: READ, values: values(ctx, query) });
    const { head, oldest } = rows[0];
    if (query.after > head || (query.after < head && query.after < (oldest ?? Infinity) - 1))
      return { gone: true, head };
    const events = rows.filter((row) => row.id !== null).map(toEvent);
    const scannedTo = events.length === query.limit ? events.at(-1)!.position : head;
    return { gone: false, events, scannedTo, head };
  }
}

/** One statement, hence one snapshot: the counter and the events were committed together. */
const READ = `
  with counter as (select position as head from mkt_wap_event_counter where id = 1)
  select counter.head, (select min(position) from mkt_wap_events) as oldest, e.*
  from counter left join lateral (
    select id, position, sequence, account_id, event, payload, timestamp from mkt_wap_events
    where position > $1 and position <= counter.head
      and ($3::uuid is null or account_id = $3) and ($4::uuid[] is null or account_id is null or account_id = any($4))
    order by position limit $2
  ) e on true
  order by e.position`;

const values = (ctx: Ctx, { after, limit, accountId }: EventQuery) => [
  after,
  limit,
  accountId ?? null,
  allowedAccounts(ctx),
];

interface Row {
  id: string;
  position: number;
  sequence: number | null;
  account_id: string | null;
  event: string;
  payload: object;
  timestamp: Date;
}

const toEvent = (row: Row): AnyEvent =>
  ({
    id: row.id,
    position: row.position,
    sequence: row.sequence,
    timestamp: row.timestamp.toISOString(),
    event: row.event,
    accountId: row.account_id,
    payload: row.payload,
    schemaVersion: 1,
  }) as AnyEvent;
