import type { AnyEvent, Page } from '@trunkline/contracts';
import { pageOfRows, readCursor } from '../../../../database/cursor.js';
import type { Sql } from '../../../../database/database.js';
import { type Ctx, demandAccount } from '../../../auth/ctx.js';
import { NEWS } from './sentences.js';

type Row = Omit<AnyEvent, 'timestamp' | 'schemaVersion'> & { timestamp: Date };

/** Numbered events of one account, newest first. */
export async function eventsOf(
  sql: Sql,
  ctx: Ctx,
  accountId: string,
  { cursor, limit }: { cursor?: string; limit: number },
): Promise<Page<AnyEvent>> {
  demandAccount(ctx, accountId);
  const [before] = readCursor(cursor, 1) ?? [Number.MAX_SAFE_INTEGER];
  const { rows } = await sql.query<Row>(
    `select id, position, sequence, timestamp, event, account_id as "accountId", payload from mkt_wap_events
     where account_id = $1 and position < $2 and event = any($3) order by position desc limit $4`,
    [accountId, before, NEWS, limit + 1],
  );
  return pageOfRows(rows, limit, toEvent, ({ position }) => [position]);
}

const toEvent = (row: Row): AnyEvent =>
  ({ ...row, timestamp: row.timestamp.toISOString(), schemaVersion: 1 }) as AnyEvent;
