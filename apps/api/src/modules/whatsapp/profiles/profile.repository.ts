import type { Profile, ProfileLook } from '@trunkline/contracts';
import { v7 as uuid } from 'uuid';
import type { Sql } from '../../../database/database.js';
import { allowedAccounts, type Ctx } from '../../auth/ctx.js';
import { PROFILE_COLUMNS, type ProfileRow, toProfile } from './profile.view.js';

/** What is known is asked again when somebody looks after this long; notices tell of most changes before. */
const STALE = `make_interval(days => 7)`;

/**
 * What is known of these; what is not, or not any more, is wanted from now on. Persons and groups count where the account has
 * a chat with them, or is in the group, or where it sees a status of theirs. `wanted`: the accounts that have something to ask now.
 */
export async function lookAtProfiles(
  sql: Sql,
  ctx: Ctx,
  of: ProfileLook['of'],
  now: Date,
): Promise<{ profiles: Profile[]; wanted: string[] }> {
  const keys = [
    of.map(() => uuid()),
    of.map(({ accountId }) => accountId),
    of.map(({ personId }) => personId ?? null),
    of.map(({ groupId }) => groupId ?? null),
  ];
  await sql.query(
    `insert into mkt_wap_profiles (id, account_id, person_id, group_id, wanted_at, next_attempt_at, created_at)
     select k.id, k.account_id, k.person_id, k.group_id, $6::timestamptz, $6::timestamptz, $6::timestamptz
     from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[]) as k (id, account_id, person_id, group_id)
     where ($5::uuid[] is null or k.account_id = any($5))
       and exists (select from mkt_wap_accounts a where a.id = k.account_id and a.deleted_at is null)
       and case
         when k.person_id is not null then k.group_id is null and exists (
           select from mkt_wap_chats c where c.account_id = k.account_id and c.person_id = k.person_id
           union all select from mkt_wap_group_participants gp
             join mkt_wap_group_accounts ga on ga.group_id = gp.group_id and ga.left_at is null
             where gp.person_id = k.person_id and ga.account_id = k.account_id
           union all select from mkt_wap_posts o where o.account_id = k.account_id and o.person_id = k.person_id)
         when k.group_id is not null then exists (
           select from mkt_wap_group_accounts g where g.account_id = k.account_id and g.group_id = k.group_id and g.left_at is null)
           or exists (select from mkt_wap_chats c where c.account_id = k.account_id and c.group_id = k.group_id)
         else true end
     on conflict do nothing`,
    [...keys, allowedAccounts(ctx), now],
  );
  const { rows } = await sql.query<ProfileRow & { wanted: boolean }>(
    `with asked as (
       select * from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as k (account_id, person_id, group_id)
       where $4::uuid[] is null or k.account_id = any($4)
     ), found as (
       select f.id from asked k join mkt_wap_profiles f on f.account_id = k.account_id and f.person_id = k.person_id
       union all
       select f.id from asked k join mkt_wap_profiles f on f.account_id = k.account_id and f.group_id = k.group_id
       union all
       select f.id from asked k join mkt_wap_profiles f on f.account_id = k.account_id
         and f.person_id is null and f.group_id is null
       where k.person_id is null and k.group_id is null
     ), stale as (
       update mkt_wap_profiles f set wanted_at = $5, next_attempt_at = $5, attempts = 0
       where f.id in (select id from found) and f.wanted_at is null and f.checked_at < $5::timestamptz - ${STALE}
       returning f.id
     )
     select ${PROFILE_COLUMNS}, f.wanted_at is not null or f.id in (select id from stale) as wanted
     from mkt_wap_profiles f where f.id in (select id from found)`,
    [keys[1], keys[2], keys[3], allowedAccounts(ctx), now],
  );
  return {
    profiles: rows.map(toProfile),
    wanted: [...new Set(rows.filter(({ wanted }) => wanted).map((row) => row.account_id))],
  };
}

/** The file of a picture; undefined without one. */
export async function findPicture(
  sql: Sql,
  ctx: Ctx,
  id: string,
): Promise<{ sha256: string; size: number; mime: string } | undefined> {
  const { rows } = await sql.query<{ sha256: string; size: string; mime: string }>(
    `select f.sha256, f.size, f.mime from mkt_wap_profiles f
     join mkt_wap_accounts a on a.id = f.account_id and a.deleted_at is null
     where f.id = $1 and f.sha256 is not null and ($2::uuid[] is null or f.account_id = any($2))`,
    [id, allowedAccounts(ctx)],
  );
  return rows[0] && { ...rows[0], size: Number(rows[0].size) };
}
