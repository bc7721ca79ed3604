import type { Proxy, ProxyPool, ProxyTest } from '@trunkline/contracts';

export interface ProxyRow {
  id: string;
  name: string;
  kind: Proxy['kind'];
  host: string;
  port: number;
  sealed: Buffer | null;
  pool_id: string | null;
  last_test: ProxyTest | null;
  created_at: Date;
  updated_at: Date;
  accounts: number;
}

/** Without what is sealed. */
export const toProxy = (row: ProxyRow): Proxy => ({
  id: row.id,
  name: row.name,
  kind: row.kind,
  host: row.host,
  port: row.port,
  hasCredentials: row.sealed !== null,
  poolId: row.pool_id,
  accounts: row.accounts,
  lastTest: row.last_test,
  createdAt: row.created_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
});

export const POOL_COLUMNS = 'id, name, created_at, updated_at';

export interface PoolRow {
  id: string;
  name: string;
  created_at: Date;
  updated_at: Date;
}

export const toPool = ({ id, name, created_at, updated_at }: PoolRow): ProxyPool => ({
  id,
  name,
  createdAt: created_at.toISOString(),
  updatedAt: updated_at.toISOString(),
});
