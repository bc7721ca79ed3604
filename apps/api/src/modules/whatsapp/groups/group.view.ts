import type { Group, Participant } from '@trunkline/contracts';
import { e164, type PhoneDigits } from '../jid.js';

export interface GroupRow {
  id: string;
  network: Group['network'];
  wa_id: string;
  subject: string;
  description: string | null;
  addressing: Group['addressing'];
  announcement: boolean;
  locked: boolean;
  participant_count: number;
  accounts: Group['accounts'];
  updated_at: Date;
}

/** A group with the number of its members and the accounts that are in it; to be followed by `where`. */
export const GROUP_QUERY = `select g.id, g.network, g.wa_id, g.subject, g.description, g.addressing, g.announcement, g.locked,
    g.updated_at,
    (select count(*)::int from mkt_wap_group_participants gp where gp.group_id = g.id) as participant_count,
    coalesce((select json_agg(json_build_object('accountId', ga.account_id, 'role', ga.role) order by ga.account_id)
      from mkt_wap_group_accounts ga where ga.group_id = g.id and ga.left_at is null), '[]') as accounts
  from mkt_wap_groups g`;

export const toGroup = (row: GroupRow): Group => ({
  id: row.id,
  network: row.network,
  waId: row.wa_id,
  subject: row.subject,
  description: row.description,
  addressing: row.addressing,
  announcement: row.announcement,
  locked: row.locked,
  participantCount: row.participant_count,
  accounts: row.accounts,
  updatedAt: row.updated_at.toISOString(),
});

export interface ParticipantRow {
  person_id: string;
  phone: string | null;
  lid: string | null;
  push_name: string | null;
  role: Participant['role'];
}

export const toParticipant = (row: ParticipantRow): Participant => ({
  personId: row.person_id,
  phoneNumber: row.phone && e164(row.phone as PhoneDigits),
  lid: row.lid,
  name: row.push_name,
  role: row.role,
});
