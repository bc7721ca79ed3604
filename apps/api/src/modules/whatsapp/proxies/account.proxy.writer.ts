import type { AccountProxy } from '@trunkline/contracts';
import type { Sql } from '../../../database/database.js';
import { appendEvents, newEvent } from '../events/event.log.repository.js';

/** Gives the account this proxy, or none. False: nothing was changed; a proxy that was deleted meanwhile is given to nobody. */
export async function writeAccountProxy(
  sql: Sql,
  accountId: string,
  { proxyId, poolId }: AccountProxy,
  now: Date,
): Promise<boolean> {
  const { rowCount } =
    proxyId === null
      ? await sql.query(`delete from mkt_wap_account_proxies where account_id = $1`, [accountId])
      : await sql.query(
          `insert into mkt_wap_account_proxies (account_id, proxy_id, pool_id, assigned_at)
           select $1, p.id, (select id from mkt_wap_proxy_pools where id = $3), $4 from mkt_wap_proxies p where p.id = $2
           on conflict (account_id) do update set proxy_id = excluded.proxy_id, pool_id = excluded.pool_id,
             assigned_at = excluded.assigned_at`,
          [accountId, proxyId, poolId, now],
        );
  if (!rowCount) return false;
  await appendEvents(sql, [newEvent('account.proxy', accountId, { proxy: { proxyId, poolId } }, now)]);
  return true;
}
