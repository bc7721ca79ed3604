import type { GovernorProfileName, GovernorSettings, Network } from '@trunkline/contracts';
import type { Sql } from '../../database/database.js';
import { allowedAccounts, type Ctx } from '../auth/ctx.js';
import type { Governed } from './profiles.js';

interface Row {
  network: Network;
  linked_at: Date | null;
  profile: GovernorProfileName | 'auto' | null;
  settings: StoredSettings | null;
  phone_number: string | null;
}

/** With the number that the account had when they were set; null: it was not known. */
interface StoredSettings extends GovernorSettings {
  ofNumber?: string | null;
}

const GOVERNED = `select a.network, a.linked_at, a.phone_number, s.profile, s.settings from mkt_wap_accounts a
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

const toGoverned = ({ network, linked_at, profile, settings, phone_number: number }: Row): Governed => ({
  network,
  linkedAt: linked_at,
  profile: profile ?? 'auto',
  settings: settings ? settingsOf(settings, number) : {},
});

/** Since when a number is in use says nothing of another one, which has to warm up. */
function settingsOf({ ofNumber, ...settings }: StoredSettings, number: string | null): GovernorSettings {
  if (!ofNumber || ofNumber === number) return settings;
  const { numberSince: _, ...others } = settings;
  return others;
}

export async function writeSettings(
  sql: Sql,
  accountId: string,
  { profile, settings }: Pick<Governed, 'profile' | 'settings'>,
  by: string,
  now: Date,
): Promise<void> {
  await sql.query(
    `insert into mkt_wap_governor_settings (account_id, profile, settings, updated_at, updated_by)
     select a.id, $2, $3::jsonb || jsonb_build_object('ofNumber', a.phone_number), $4, $5
     from mkt_wap_accounts a where a.id = $1
     on conflict (account_id) do update set profile = excluded.profile, settings = excluded.settings,
       updated_at = excluded.updated_at, updated_by = excluded.updated_by`,
    [accountId, profile, JSON.stringify(settings), now, by],
  );
}
