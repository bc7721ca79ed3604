import type { Queue } from '@trunkline/contracts';
import type { Sql } from '../../../../database/database.js';
import { allowedAccounts, type Ctx } from '../../../auth/ctx.js';
import { WAITS } from './outbox.repository.js';

/** How many messages of each account have not left yet, counted up to `limit`. */
export async function countQueue(sql: Sql, accountIds: readonly string[], limit: number): Promise<Map<string, number>> {
  const { rows } = await sql.query<{ id: string; count: number }>({
    name: 'count-queue',
    text: `select w.id, (select count(*) from (
        select from mkt_wap_messages m where m.account_id = w.id and m.outbox is not null limit $2) q) as count
      from unnest($1::uuid[]) as w (id)`,
    values: [accountIds, limit],
  });
  return new Map(rows.map((row) => [row.id, row.count]));
}

interface Row {
  connection: string;
  sends_again_at: Date | null;
  waiting: number;
  scheduled: number;
  held: number;
  sending: number;
  oldest_at: Date | null;
  held_until: Date | null;
}

/** What waits for an account that `ctx` may see, and why. */
export async function readQueue(sql: Sql, ctx: Ctx, accountId: string, limit: number): Promise<Queue | undefined> {
  const { rows } = await sql.query<Row>(
    `select a.connection, a.sends_again_at, q.* from mkt_wap_accounts a cross join lateral (
       select count(*) filter (where m.outbox = 'due' and ${WAITS}) as waiting,
         count(*) filter (where m.outbox = 'scheduled') as scheduled,
         count(*) filter (where m.outbox = 'held') as held,
         count(*) filter (where m.outbox in ('due', 'silent') and not ${WAITS}) as sending,
         min(m.created_at) filter (where m.outbox = 'due' and ${WAITS}) as oldest_at,
         min(m.held_until) filter (where m.outbox = 'held') as held_until
       from mkt_wap_messages m where m.account_id = a.id and m.outbox is not null
     ) q
     where a.id = $2 and a.deleted_at is null and ($1::uuid[] is null or a.id = any($1))`,
    [allowedAccounts(ctx), accountId],
  );
  return rows[0] && toQueue(accountId, rows[0], limit);
}

function toQueue(accountId: string, row: Row, limit: number): Queue {
  const { waiting, scheduled, held, sending } = row;
  const waitsFor = waitOf(row);
  const until = { offline: null, governor: row.sends_again_at, held: row.held_until };
  return {
    accountId,
    waiting,
    scheduled,
    held,
    sending,
    limit,
    oldestAt: row.oldest_at?.toISOString() ?? null,
    waitsFor,
    until: (waitsFor && until[waitsFor]?.toISOString()) ?? null,
  };
}

function waitOf({ connection, waiting, held, sends_again_at: again }: Row): Queue['waitsFor'] {
  if (waiting + held === 0) return null;
  if (connection !== 'connected') return 'offline';
  if (again !== null) return 'governor';
  return waiting === 0 ? 'held' : null;
}
