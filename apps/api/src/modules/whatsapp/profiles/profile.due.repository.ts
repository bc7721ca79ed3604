/** Whom an account has to ask about; for the owner of the account. */
import type { Sql } from '../../../database/database.js';
import type { Portrayed } from '../engines/profile.js';
import type { GroupJid, LidUser, PhoneDigits } from '../jid.js';

export interface DueProfile {
  id: string;
  of: Portrayed;
  /** WhatsApp's name of the picture that is here. */
  pictureId: string | null;
  attempts: number;
}

/** In how many milliseconds the first is due, by account: 0 or less is now; those without one are left out. */
export async function firstWanted(sql: Sql, accountIds: readonly string[], now: Date): Promise<Map<string, number>> {
  const { rows } = await sql.query<{ account_id: string; first: Date }>(
    `select a.id as account_id, w.first from unnest($1::uuid[]) as a (id)
     cross join lateral (select min(f.next_attempt_at) as first from mkt_wap_profiles f
       where f.account_id = a.id and f.wanted_at is not null) w where w.first is not null`,
    [accountIds],
  );
  return new Map(rows.map(({ account_id, first }) => [account_id, first.getTime() - now.getTime()]));
}

/** The one that somebody looked at last comes first: it is on somebody's screen. */
export async function nextDue(sql: Sql, accountId: string, now: Date): Promise<DueProfile | undefined> {
  const { rows } = await sql.query<{
    id: string;
    person_id: string | null;
    group_wa_id: GroupJid | null;
    phone: PhoneDigits | null;
    lid: LidUser | null;
    picture_id: string | null;
    attempts: number;
  }>(
    `select f.id, f.person_id, g.wa_id as group_wa_id, p.phone, p.lid, f.picture_id, f.attempts
     from mkt_wap_profiles f
     left join mkt_wap_people p on p.id = f.person_id left join mkt_wap_groups g on g.id = f.group_id
     where f.account_id = $1 and f.wanted_at is not null and f.next_attempt_at <= $2
     order by f.wanted_at desc, f.id desc limit 1`,
    [accountId, now],
  );
  const [row] = rows;
  if (!row) return undefined;
  const of = row.group_wa_id ?? (row.person_id === null ? 'own' : { phone: row.phone, lid: row.lid });
  return { id: row.id, of, pictureId: row.picture_id, attempts: row.attempts };
}
