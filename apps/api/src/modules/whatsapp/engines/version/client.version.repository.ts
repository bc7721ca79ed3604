import type { Network } from '@trunkline/contracts';
import type { Sql } from '../../../../database/database.js';

export interface RememberedVersion {
  network: Network;
  version: string;
  workedAt: Date;
}

export async function readVersions(sql: Sql): Promise<RememberedVersion[]> {
  const { rows } = await sql.query(
    `select network, version, worked_at as "workedAt" from mkt_wap_client_versions order by network`,
  );
  return rows;
}

export async function readVersion(sql: Sql, network: Network): Promise<string | undefined> {
  const { rows } = await sql.query(`select version from mkt_wap_client_versions where network = $1`, [network]);
  return rows[0]?.version;
}

/** True when it was another one before. */
export async function rememberVersion(sql: Sql, { network, version, workedAt }: RememberedVersion): Promise<boolean> {
  const { rowCount } = await sql.query(
    `insert into mkt_wap_client_versions as v (network, version, worked_at) values ($1, $2, $3)
     on conflict (network) do update set version = excluded.version, worked_at = excluded.worked_at
     where v.version <> excluded.version`,
    [network, version, workedAt],
  );
  return rowCount === 1;
}
