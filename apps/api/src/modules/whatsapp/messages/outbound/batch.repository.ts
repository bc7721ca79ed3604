import type { BatchState } from '@trunkline/contracts';
import type { Sql } from '../../../../database/database.js';
import { allowedAccounts, type Ctx } from '../../../auth/ctx.js';
import { WAITS } from './outbox.repository.js';

const OF_BATCH = `from mkt_wap_messages m join mkt_wap_accounts a on a.id = m.account_id and a.deleted_at is null
  where m.batch_id = $2 and ($1::uuid[] is null or m.account_id = any($1))`;

/** How many of the messages that `ctx` may see are in each status. */
export async function batchStatuses(sql: Sql, ctx: Ctx, batchId: string): Promise<BatchState['statuses']> {
  const { rows } = await sql.query(`select m.status, count(*) as count ${OF_BATCH} group by m.status`, [
    allowedAccounts(ctx),
    batchId,
  ]);
  return Object.fromEntries(rows.map((row) => [row.status, row.count]));
}

/** The accounts that have something of it waiting. */
export async function batchAccounts(sql: Sql, ctx: Ctx, batchId: string): Promise<string[]> {
  const { rows } = await sql.query(`select distinct m.account_id as id ${OF_BATCH} and ${WAITS}`, [
    allowedAccounts(ctx),
    batchId,
  ]);
  return rows.map((row) => row.id);
}
