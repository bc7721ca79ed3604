import type { Account, AccountStatus, Network, Page } from '@trunkline/contracts';
import { and, asc, eq, ilike, inArray, isNull, or, type SQL, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { pageOfRows, readCursor } from '../../../database/cursor.js';
import type { Database, Sql, Store } from '../../../database/database.js';
import { mktWapAccounts as accounts } from '../../../database/schema/accounts.js';
import { isTwice } from '../../../database/failure.js';
import type { Ctx } from '../../auth/ctx.js';
import type { Lease } from '../../cluster/lease.repository.js';
import { type AccountRow, toAccount } from './account.view.js';

export interface AccountFilter {
  network?: Network;
  status?: AccountStatus;
  search?: string;
  cursor?: string;
  limit: number;
}

/**
 * A live worker owns the account, by the database's clock, and has written its state. The outer column is spelled out: drizzle would leave its table
 * away, and it would mean a column of the inner select.
 */
export const LIVE = sql<boolean>`exists (
  select from mkt_wap_leases l join mkt_wap_workers w on w.id = l.owner and w.expires_at > clock_timestamp()
  where l.account_id = mkt_wap_accounts.id and l.epoch = mkt_wap_accounts.epoch)`;

/** The accounts that `ctx` may see. */
export function visible(ctx: Ctx): SQL | undefined {
  const allowed = ctx.accounts === 'all' ? undefined : inArray(accounts.id, [...ctx.accounts]);
  return and(isNull(accounts.deletedAt), allowed);
}

export async function listAccounts(db: Database, ctx: Ctx, filter: AccountFilter): Promise<Page<Account>> {
  const after = readCursor(filter.cursor, 2);
  const rows = await db
    .select({ row: accounts, live: LIVE })
    .from(accounts)
    .where(
      and(
        visible(ctx),
        filter.network && eq(accounts.network, filter.network),
        filter.status && eq(accounts.status, filter.status),
        filter.search ? matches(filter.search) : undefined,
        after && sql`(${accounts.createdAt}, ${accounts.id}) > (${after[0]}::timestamptz, ${after[1]}::uuid)`,
      ),
    )
    .orderBy(asc(accounts.createdAt), asc(accounts.id))
    .limit(filter.limit + 1);
  return pageOfRows(
    rows,
    filter.limit,
    ({ row, live }) => toAccount(row, live),
    ({ row }) => [row.createdAt.toISOString(), row.id],
  );
}

export async function findAccount(db: Database, ctx: Ctx, id: string): Promise<Account | undefined> {
  const found = await db
    .select({ row: accounts, live: LIVE })
    .from(accounts)
    .where(and(visible(ctx), eq(accounts.id, id)));
  return found[0] && toAccount(found[0].row, found[0].live);
}

/** The rows, for who runs the accounts. */
export const readAccountRows = (tx: Sql, ids: readonly string[]): Promise<AccountRow[]> =>
  inTransaction(tx)
    .select()
    .from(accounts)
    .where(inArray(accounts.id, [...ids]));

export async function insertAccount(tx: Sql, row: typeof accounts.$inferInsert): Promise<AccountRow> {
  const [inserted] = await inTransaction(tx).insert(accounts).values(row).returning();
  return inserted!;
}

/**
 * What a person edits; the rest of the row belongs to the owner of the lease. Answers what the account is under its lock, so
 * that nothing older is told behind what its owner tells; undefined when it is gone.
 */
export async function updateAccountTexts(
  tx: Sql,
  ctx: Ctx,
  id: string,
  texts: { name?: string; notes?: string | null; updatedAt: Date },
): Promise<Account | undefined> {
  const db = inTransaction(tx);
  await db
    .update(accounts)
    .set(texts)
    .where(and(visible(ctx), eq(accounts.id, id)));
  return findAccount(db, ctx, id);
}

/** Another account of the network that has this number. */
export async function accountWithNumber(
  tx: Sql,
  network: Network,
  phoneNumber: string,
): Promise<{ id: string; name: string } | undefined> {
  const { rows } = await tx.query(
    `select id, name from mkt_wap_accounts where network = $1 and phone_number = $2 and deleted_at is null`,
    [network, phoneNumber],
  );
  return rows[0];
}

/**
 * Writes a number that a person entered, ahead of the account's state: of two who enter one number at the same moment one
 * finds it taken. Like every write of an owner it compares the epoch, and holds the lease until it is written: `lost` when
 * that is another's by now.
 */
export async function takeNumber(
  { pool }: Pick<Store, 'pool'>,
  { accountId, epoch }: Lease,
  phoneNumber: string,
): Promise<'taken' | 'free' | 'lost'> {
  try {
    const { rowCount } = await pool.query(
      `with held as (
         select l.account_id from mkt_wap_leases l
         join mkt_wap_workers w on w.id = l.owner and w.expires_at > clock_timestamp()
         where l.account_id = $1 and l.epoch = $3 for share of l
       )
       update mkt_wap_accounts a set phone_number = $2,
         phone_number_source = case when phone_number is distinct from $2 then 'manual' else phone_number_source end
       from held where a.id = held.account_id`,
      [accountId, phoneNumber, epoch],
    );
    return rowCount === 1 ? 'free' : 'lost';
  } catch (error) {
    if (isTwice(error)) return 'taken';
    throw error;
  }
}

function matches(search: string): SQL | undefined {
  const pattern = `%${search.replaceAll(/[\\%_]/g, '\\$&')}%`;
  return or(ilike(accounts.name, pattern), ilike(accounts.phoneNumber, pattern), ilike(accounts.pushName, pattern));
}

const inTransaction = (tx: Sql): Database => drizzle(tx as never) as unknown as Database;

/** Networks that have an account. */
export async function accountNetworks(tx: Sql): Promise<Network[]> {
  const { rows } = await tx.query(`select distinct network from mkt_wap_accounts where deleted_at is null`);
  return rows.map((row) => row.network);
}
