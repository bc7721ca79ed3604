/**
 * What became known of how somebody looks, into their rows. Only what is shown differently is an event. Nobody gets a row
 * here: whom nobody has looked at is not asked about either.
 */
import type { Network } from '@trunkline/contracts';
import type { Sql } from '../../../database/database.js';
import { storableText } from '../../../database/text.js';
import type { Portrayed } from '../engines/profile.js';
import { appendEvents, newEvent } from '../events/event.log.repository.js';
import type { GroupJid } from '../jid.js';
import { PROFILE_COLUMNS, type ProfileRow, toProfile } from './profile.view.js';

/** A picture whose file is in the store. */
export interface StoredPicture {
  id: string;
  sha256: string;
  size: number;
  mime: string;
}

export type ProfileStep =
  /** WhatsApp was asked at `askedAt`. Undefined: as it was. */
  | { type: 'asked'; id: string; askedAt: Date; picture?: StoredPicture | null; about?: string }
  /** It was asked at `askedAt` and did not say. Null: it is not asked again before somebody looks. */
  | { type: 'failed'; id: string; askedAt: Date; attempts: number; nextAttemptAt: Date | null }
  /** The account has set it itself, of itself or of a group. */
  | { type: 'set'; of?: 'own' | GroupJid; picture?: StoredPicture | null; about?: string }
  /** Another phone was linked: nothing of what was known of the account holds. */
  | { type: 'forgotten' }
  /** WhatsApp tells that there is another picture, or (`gone`) none any more. */
  | { type: 'picture-changed'; of: Portrayed; gone: boolean }
  | { type: 'about-changed'; of: Portrayed; about: string };

export interface ProfileEntry {
  accountId: string;
  network: Network;
  step: ProfileStep;
}

export async function writeProfiles(sql: Sql, entries: readonly ProfileEntry[], now: Date): Promise<void> {
  for (const entry of entries) await write(sql, entry, now);
}

async function write(sql: Sql, { accountId, network, step }: ProfileEntry, now: Date): Promise<void> {
  const change = (where: Where, values: Values) => update(sql, accountId, where, values, now);
  switch (step.type) {
    case 'asked':
      return change({ id: step.id }, { ...step, known: step.askedAt });
    case 'failed':
      return giveUp(sql, accountId, step, now);
    case 'set':
      return change({ of: step.of ?? 'own', network }, step);
    case 'forgotten':
      return change({ of: 'own', network }, { picture: null, about: null, wanted: true });
    case 'picture-changed':
      return change({ of: step.of, network }, step.gone ? { picture: null, again: true } : { wanted: true });
    case 'about-changed':
      return change({ of: step.of, network }, { about: step.about, again: true });
  }
}

type Where = { id: string } | { of: Portrayed; network: Network };

interface Values {
  picture?: StoredPicture | null | undefined;
  about?: string | null | undefined;
  /** To be asked anew. */
  wanted?: boolean;
  /** An answer that is on its way may be older than this: who is being asked about is asked about once more. */
  again?: boolean;
  /** It was asked at this time: what was wanted since still is. */
  known?: Date;
}

async function update(sql: Sql, accountId: string, where: Where, values: Values, now: Date): Promise<void> {
  const { picture, about, wanted = false, again = false, known } = values;
  const { rows } = await sql.query<ProfileRow & { changed: boolean }>(
    `with before as (select id, sha256, about from mkt_wap_profiles f where f.account_id = $1 and ${condition(where)} for update)
     update mkt_wap_profiles f set
       picture_id = case when $3 then $4 else f.picture_id end,
       sha256 = case when $3 then $5 else f.sha256 end,
       size = case when $3 then $6::bigint else f.size end,
       mime = case when $3 then $7 else f.mime end,
       about = case when $8 then $9 else f.about end,
       wanted_at = case when $10 or ($13 and f.wanted_at is not null) then $12::timestamptz
         when f.wanted_at <= $11 then null else f.wanted_at end,
       next_attempt_at = case when $10 or ($13 and f.wanted_at is not null) then $12::timestamptz else f.next_attempt_at end,
       attempts = case when $10 or $11 is not null then 0 else f.attempts end,
       checked_at = case when $11::timestamptz is not null then $12 else f.checked_at end
     from before b where f.id = b.id
     returning ${PROFILE_COLUMNS}, (f.sha256, f.about) is distinct from (b.sha256, b.about) as changed`,
    [
      accountId,
      valueOf(where),
      picture !== undefined,
      picture?.id ?? null,
      picture?.sha256 ?? null,
      picture?.size ?? null,
      picture?.mime ?? null,
      about !== undefined,
      about === null || about === undefined ? null : storableText(about),
      wanted,
      known ?? null,
      now,
      again,
    ],
  );
  const changed = rows.filter((row) => row.changed).map(toProfile);
  await appendEvents(
    sql,
    changed.map((profile) => newEvent('profile.updated', accountId, { profile }, now)),
  );
}

/** `$2` is what tells whom. */
function condition(where: Where): string {
  if ('id' in where) return `f.id = $2::uuid`;
  if (where.of === 'own') return `f.person_id is null and f.group_id is null and $2::text is null`;
  if (typeof where.of === 'string')
    return `f.group_id = (select id from mkt_wap_groups where network = $2::jsonb->>'network' and wa_id = $2::jsonb->>'group')`;
  return `f.person_id in (
    select id from mkt_wap_people where network = $2::jsonb->>'network' and phone = $2::jsonb->>'phone'
    union select id from mkt_wap_people where network = $2::jsonb->>'network' and lid = $2::jsonb->>'lid')`;
}

function valueOf(where: Where): string | null {
  if ('id' in where) return where.id;
  const { of, network } = where;
  if (of === 'own') return null;
  return JSON.stringify(typeof of === 'string' ? { network, group: of } : { network, ...of });
}

/** Unless it is wanted anew since it was asked: that stands. */
async function giveUp(
  sql: Sql,
  accountId: string,
  { id, askedAt, attempts, nextAttemptAt }: Extract<ProfileStep, { type: 'failed' }>,
  now: Date,
): Promise<void> {
  await sql.query(
    `update mkt_wap_profiles set attempts = $3, next_attempt_at = $4::timestamptz,
       wanted_at = case when $4::timestamptz is not null then wanted_at end,
       checked_at = case when $4::timestamptz is null then $5 else checked_at end
     where id = $2 and account_id = $1 and wanted_at <= $6`,
    [accountId, id, attempts, nextAttemptAt, now, askedAt],
  );
}

/** Two rows turned out to be one person. What is known of either is asked again when somebody looks. */
export async function mergeProfiles(sql: Sql, { from, into }: { from: string; into: string }): Promise<void> {
  await sql.query(
    `delete from mkt_wap_profiles f using mkt_wap_profiles i
     where f.person_id = $1 and i.person_id = $2 and i.account_id = f.account_id`,
    [from, into],
  );
  await sql.query(`update mkt_wap_profiles set person_id = $2 where person_id = $1`, [from, into]);
}
