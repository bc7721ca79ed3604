import { MESSAGING_DEFAULTS, type Messaging } from '@trunkline/contracts';
import type { Sql } from '../../../../database/database.js';
import { allowedAccounts, type Ctx, demandAccount } from '../../../auth/ctx.js';

export async function readMessaging(sql: Sql, ctx: Ctx, accountId: string): Promise<Messaging> {
  demandAccount(ctx, accountId);
  const { rows } = await sql.query<Messaging>(
    `select read_receipts as "readReceipts", link_previews as "linkPreviews", calls, call_reply as "callReply",
       keep_days as "keepDays", simulate_typing as "simulateTyping" from mkt_wap_account_messaging where account_id = $1`,
    [accountId],
  );
  return rows[0] ?? MESSAGING_DEFAULTS;
}

export async function writeMessaging(sql: Sql, accountId: string, messaging: Messaging, now: Date): Promise<void> {
  await sql.query(
    `insert into mkt_wap_account_messaging (account_id, read_receipts, link_previews, calls, call_reply, keep_days, simulate_typing, updated_at)
     values ($1, $2, $3, $4, $5, $6, $8, $7) on conflict (account_id) do update set read_receipts = excluded.read_receipts,
       link_previews = excluded.link_previews, calls = excluded.calls, call_reply = excluded.call_reply,
       keep_days = excluded.keep_days, simulate_typing = excluded.simulate_typing, updated_at = excluded.updated_at`,
    [
      accountId,
      messaging.readReceipts,
      messaging.linkPreviews,
      messaging.calls,
      messaging.callReply,
      messaging.keepDays,
      now,
      messaging.simulateTyping,
    ],
  );
}

/** Whether there is such an account for who asks. */
export async function seesAccount(sql: Sql, ctx: Ctx, id: string): Promise<boolean> {
  const { rowCount } = await sql.query(
    `select from mkt_wap_accounts where id = $1 and deleted_at is null and ($2::uuid[] is null or id = any($2))`,
    [id, allowedAccounts(ctx)],
  );
  return rowCount === 1;
}
