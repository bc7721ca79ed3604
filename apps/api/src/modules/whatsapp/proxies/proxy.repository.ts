import type { AccountProxy, Network, Proxy, ProxyPool, ProxyTest } from '@trunkline/contracts';
import type { Sql } from '../../../database/database.js';
import { allowedAccounts, type Ctx, demandAccount } from '../../auth/ctx.js';
import { POOL_COLUMNS, type PoolRow, type ProxyRow, toPool, toProxy } from './proxy.view.js';

/**
 * Proxies and pools are of the installation and belong to no account, so reads of them are limited by route; the accounts
 * that a proxy has are counted as far as `ctx` sees them.
 */
const PROXY_QUERY = `select p.*, (
    select count(*)::int from mkt_wap_account_proxies ap join mkt_wap_accounts a on a.id = ap.account_id
    where ap.proxy_id = p.id and a.deleted_at is null and ($1::uuid[] is null or a.id = any($1))
  ) as accounts from mkt_wap_proxies p`;

export async function listProxies(sql: Sql, ctx: Ctx): Promise<Proxy[]> {
  const { rows } = await sql.query<ProxyRow>(`${PROXY_QUERY} order by p.name`, [allowedAccounts(ctx)]);
  return rows.map(toProxy);
}

export async function findProxy(sql: Sql, ctx: Ctx, id: string): Promise<Proxy | undefined> {
  const { rows } = await sql.query<ProxyRow>(`${PROXY_QUERY} where p.id = $2`, [allowedAccounts(ctx), id]);
  return rows[0] && toProxy(rows[0]);
}

/** With its sealed credentials, for who goes by it. */
export async function readProxyRow(sql: Sql, id: string): Promise<ProxyRow | undefined> {
  const { rows } = await sql.query<ProxyRow>(`select * from mkt_wap_proxies where id = $1`, [id]);
  return rows[0];
}

/** The same, as it is until the transaction ends: nobody else changes it, gives it to an account or removes it. */
export async function lockProxyRow(sql: Sql, id: string): Promise<ProxyRow | undefined> {
  const { rows } = await sql.query<ProxyRow>(`select * from mkt_wap_proxies where id = $1 for update`, [id]);
  return rows[0];
}

/** By account; those that go straight are missing. */
export async function proxiesOfAccounts(sql: Sql, accountIds: readonly string[]): Promise<Map<string, ProxyRow>> {
  const { rows } = await sql.query<ProxyRow & { account_id: string }>(
    `select p.*, ap.account_id from mkt_wap_proxies p join mkt_wap_account_proxies ap on ap.proxy_id = p.id
     where ap.account_id = any($1)`,
    [accountIds],
  );
  return new Map(rows.map((row) => [row.account_id, row]));
}

export type ProxyValues = Pick<ProxyRow, 'id' | 'name' | 'kind' | 'host' | 'port' | 'sealed' | 'pool_id'>;

/** False when another has the name. */
export async function putProxy(sql: Sql, proxy: ProxyValues, now: Date): Promise<boolean> {
  const { rowCount } = await sql.query(
    `insert into mkt_wap_proxies (id, name, kind, host, port, sealed, pool_id, created_at, updated_at)
     select $1, $2, $3, $4, $5, $6, $7, $8, $8
     where not exists (select from mkt_wap_proxies where name = $2 and id <> $1)
     on conflict (id) do update set name = excluded.name, kind = excluded.kind, host = excluded.host,
       port = excluded.port, sealed = excluded.sealed, pool_id = excluded.pool_id, updated_at = excluded.updated_at`,
    [proxy.id, proxy.name, proxy.kind, proxy.host, proxy.port, proxy.sealed, proxy.pool_id, now],
  );
  return rowCount === 1;
}

export async function noteTest(sql: Sql, id: string, test: ProxyTest): Promise<void> {
  await sql.query(`update mkt_wap_proxies set last_test = $2 where id = $1`, [id, JSON.stringify(test)]);
}

/** `used` by so many accounts: it stays. */
export async function deleteProxy(sql: Sql, id: string): Promise<{ deleted: boolean; used: number }> {
  // What a lock waited for is seen by the next statement only.
  if (!(await lockProxyRow(sql, id))) return { deleted: false, used: 0 };
  // Accounts that were deleted need it no more.
  await sql.query(
    `delete from mkt_wap_account_proxies ap using mkt_wap_accounts a
     where a.id = ap.account_id and a.deleted_at is not null and ap.proxy_id = $1`,
    [id],
  );
  const { rows } = await sql.query<{ used: number }>(
    `select count(*)::int as used from mkt_wap_account_proxies where proxy_id = $1`,
    [id],
  );
  const { used } = rows[0]!;
  if (used > 0) return { deleted: false, used };
  const { rowCount } = await sql.query(`delete from mkt_wap_proxies where id = $1`, [id]);
  return { deleted: rowCount === 1, used };
}

export async function listPools(sql: Sql): Promise<ProxyPool[]> {
  const { rows } = await sql.query<PoolRow>(`select ${POOL_COLUMNS} from mkt_wap_proxy_pools order by name`);
  return rows.map(toPool);
}

/** Undefined when another has the name. */
export async function putPool(sql: Sql, pool: { id: string; name: string }, now: Date): Promise<ProxyPool | undefined> {
  const { rows } = await sql.query<PoolRow>(
    `insert into mkt_wap_proxy_pools (id, name, created_at, updated_at)
     select $1, $2, $3, $3 where not exists (select from mkt_wap_proxy_pools where name = $2 and id <> $1)
     on conflict (id) do update set name = excluded.name, updated_at = excluded.updated_at
     returning ${POOL_COLUMNS}`,
    [pool.id, pool.name, now],
  );
  return rows[0] && toPool(rows[0]);
}

export async function hasPool(sql: Sql, id: string): Promise<boolean> {
  return (await sql.query(`select from mkt_wap_proxy_pools where id = $1`, [id])).rowCount === 1;
}

export async function deletePool(sql: Sql, id: string): Promise<boolean> {
  return (await sql.query(`delete from mkt_wap_proxy_pools where id = $1`, [id])).rowCount === 1;
}

export async function readAccountProxy(sql: Sql, ctx: Ctx, accountId: string): Promise<AccountProxy> {
  demandAccount(ctx, accountId);
  const { rows } = await sql.query<AccountProxy>(
    `select proxy_id as "proxyId", pool_id as "poolId" from mkt_wap_account_proxies where account_id = $1`,
    [accountId],
  );
  return rows[0] ?? { proxyId: null, poolId: null };
}

/** Of the pool, the one that the fewest accounts of this network use: WhatsApp sees its accounts, the sandbox's do not count. */
export async function leastUsed(sql: Sql, poolId: string, network: Network): Promise<string | undefined> {
  const { rows } = await sql.query<{ id: string }>(
    `select p.id from mkt_wap_proxies p
       left join mkt_wap_account_proxies ap on ap.proxy_id = p.id
       left join mkt_wap_accounts a on a.id = ap.account_id and a.network = $2 and a.deleted_at is null
     where p.pool_id = $1 group by p.id, p.name order by count(a.id), p.name limit 1`,
    [poolId, network],
  );
  return rows[0]?.id;
}

/** Accounts that go by it, whoever may see them. */
export async function accountsOf(sql: Sql, proxyId: string): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>(
    `select a.id from mkt_wap_account_proxies ap join mkt_wap_accounts a on a.id = ap.account_id
     where ap.proxy_id = $1 and a.deleted_at is null`,
    [proxyId],
  );
  return rows.map(({ id }) => id);
}
