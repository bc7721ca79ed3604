/** Accounts and errors at a glance, of the accounts that `ctx` may see. */
import type { HealthReport, Reason, RestoreProgress } from '@trunkline/contracts';
import { and, desc, eq, gte, inArray, ne, sql } from 'drizzle-orm';
import type { Database } from '../../../database/database.js';
import { mktWapAccounts as accounts } from '../../../database/schema/accounts.js';
import { mktWapEvents as events } from '../../../database/schema/events.js';
import type { Ctx } from '../../auth/ctx.js';
import { LIVE, visible } from '../accounts/account.repository.js';

const count = (where: ReturnType<typeof sql>) => sql<number>`(count(*) filter (where ${where}))::int`;
const CONNECTED = sql`(${accounts.connection} = 'connected' and ${LIVE})`;

export async function accountTotals(db: Database, ctx: Ctx): Promise<HealthReport['accounts']> {
  const [totals] = await db
    .select({
      total: sql<number>`count(*)::int`,
      wantedOnline: count(sql`${accounts.wanted} = 'online'`),
      connected: count(CONNECTED),
      reconnecting: count(sql`${accounts.wanted} = 'online' and ${accounts.status} = 'active' and not ${CONNECTED}`),
      needPerson: count(sql`${accounts.userAction} is not null and ${accounts.userAction} <> 'wait'
        and ${accounts.reason} not in ('disconnected_by_user', 'reset_by_user')`),
    })
    .from(accounts)
    .where(visible(ctx));
  return totals!;
}

/**
 * Accounts that come back after a start: those that are active and wanted online are done when they are connected, or when
 * a first attempt has failed and they go on by themselves.
 */
export async function restoreProgress(db: Database, ctx: Ctx): Promise<RestoreProgress> {
  const tried = sql`${accounts.attempt} > 0 or ${accounts.nextAttemptAt} is not null`;
  const [progress] = await db
    .select({ done: count(sql`${CONNECTED} or ${tried}`), total: sql<number>`count(*)::int` })
    .from(accounts)
    .where(and(visible(ctx), eq(accounts.wanted, 'online'), eq(accounts.status, 'active')));
  return progress!;
}

export function reasonsNow(db: Database, ctx: Ctx): Promise<{ reason: Reason; accounts: number }[]> {
  const number = sql<number>`count(*)::int`;
  return db
    .select({ reason: accounts.reason, accounts: number })
    .from(accounts)
    .where(and(visible(ctx), ne(accounts.reason, 'none')))
    .groupBy(accounts.reason)
    .orderBy(desc(number), accounts.reason);
}

export async function errorsSince(db: Database, ctx: Ctx, since: Date): Promise<number> {
  const allowed = ctx.accounts === 'all' ? undefined : inArray(events.accountId, [...ctx.accounts]);
  const rows = await db
    .select({ errors: sql<number>`count(*)::int` })
    .from(events)
    .where(and(eq(events.event, 'account.error'), gte(events.timestamp, since), allowed));
  return rows[0]!.errors;
}
