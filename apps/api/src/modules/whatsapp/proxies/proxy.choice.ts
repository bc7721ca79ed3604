import type { AccountProxy, AccountProxyPut, Network } from '@trunkline/contracts';
import type { Sql } from '../../../database/database.js';
import { ProblemError } from '../../../errors/problem.js';
import { leastUsed, readProxyRow } from './proxy.repository.js';

/** What a wish comes to for an account that had no proxy of the pool. Throws when there is none such. */
export async function chooseProxy(
  sql: Sql,
  { proxyId = null, poolId = null }: AccountProxyPut,
  network: Network,
): Promise<AccountProxy> {
  if (proxyId && !(await readProxyRow(sql, proxyId))) throw new ProblemError('not_found', 'There is no such proxy.');
  if (!poolId) return { proxyId, poolId: null };
  const given = await leastUsed(sql, poolId, network);
  if (!given) throw new ProblemError('conflict', 'This pool has no proxy. Put one into it first.');
  return { proxyId: given, poolId };
}
