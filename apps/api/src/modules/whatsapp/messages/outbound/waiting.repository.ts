import type { Sql } from '../../../../database/database.js';
import { allowedAccounts, type Ctx } from '../../../auth/ctx.js';
import { WAITS } from './outbox.repository.js';

/** Whether it has certainly not left and can still be taken back, as the rows have it: its owner decides. */
export async function isWaiting(sql: Sql, ctx: Ctx, id: string): Promise<boolean> {
  const { rowCount } = await sql.query(
    `select from mkt_wap_messages m where m.id = $1 and m.outbox is not null and ${WAITS}
       and ($2::uuid[] is null or m.account_id = any($2))`,
    [id, allowedAccounts(ctx)],
  );
  return rowCount === 1;
}
