import type { Network } from '@trunkline/contracts';
import type { Sql } from '../../../../database/database.js';
import { appendEvents, newEvent } from '../../events/event.log.repository.js';

export interface RememberedVersion {
  network: Network;
  version: string;
  workedAt: Date;
}

export interface WorkedVersion extends RememberedVersion {
  /** It is another than the product came with: told when it was not known. */
  isNews: boolean;
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

/** What owners of accounts saw accepted. */
export async function writeVersions(sql: Sql, versions: readonly WorkedVersion[]): Promise<void> {
  for (const { isNews, ...worked } of versions) {
    if (!(await remember(sql, worked)) || !isNews) continue;
    const { network, version, workedAt } = worked;
    await appendEvents(sql, [newEvent('network.client_version', null, { network, version }, workedAt)]);
  }
}

/** True when it was another one before. */
async function remember(sql: Sql, { network, version, workedAt }: RememberedVersion): Promise<boolean> {
  const { rowCount } = await sql.query(
    `insert into mkt_wap_client_versions as v (network, version, worked_at) values ($1, $2, $3)
     on conflict (network) do update set version = excluded.version, worked_at = excluded.worked_at
     where v.version <> excluded.version`,
    [network, version, workedAt],
  );
  return rowCount === 1;
}
