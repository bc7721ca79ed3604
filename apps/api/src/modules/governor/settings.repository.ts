import type { GovernorProfileName, GovernorSettings, Network } from '@trunkline/contracts';
import type { Sql } from '../../database/database.js';
import { allowedAccounts, type Ctx } from '../auth/ctx.js';
import type { Governed } from './profiles.js';

interface Row {
  network: Network;
  linked_at: Date | null;
  profile: GovernorProfileName | 'auto' | null;
  settings: GovernorSettings | null;
}

const GOVERNED = `select a.network, a.linked_at, s.profile, s.settings from mkt_wap_accounts a
  left join mkt_wap_governor_settings s on s.account_id = a.id`;

/** What the limits of an account follow from; undefined when there is no such account. For its owner. */
export async function readGoverned(sql: Sql, accountId: string): Promise<Governed | undefined> {
  const { rows } = await sql.query<Row>({
    name: 'read-governed',
    text: `${GOVERNED} where a.id = $1`,
    values: [accountId],
  });
  return rows[0] && toGoverned(rows[0]);
}

/** The same for who asks, where they may. */
export async function findGoverned(sql: Sql, ctx: Ctx, accountId: string): Promise<Governed | undefined> {
  const { rows } = await sql.query<Row>(
    `${GOVERNED} where a.id = $1 and a.deleted_at is null and ($2::uuid[] is null or a.id = any($2))`,
    [accountId, allowedAccounts(ctx)],
  );
  return rows[0] && toGoverned(rows[0]);
}

const toGoverned = ({ network, linked_at, profile, settings }: Row): Governed => ({
  network,
  linkedAt: linked_at,
  profile: profile ?? 'auto',
  settings: settings ?? {},
});

export async function writeSettings(
  sql: Sql,
  accountId: string,
  { profile, settings }: Pick<Governed, 'profile' | 'settings'>,
  by: string,
  now: Date,
): Promise<void> {
  await sql.query(
    `insert into mkt_wap_governor_settings (account_id, profile, settings, updated_at, updated_by)
     values ($1, $2, $3, $4, $5)
     on conflict (account_id) do update set profile = $2, settings = $3, updated_at = $4, updated_by = $5`,
    [accountId, profile, JSON.stringify(settings), now, by],
  );
}
