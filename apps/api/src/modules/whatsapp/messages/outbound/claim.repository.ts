import { MESSAGE_LANES, type MessageContent, type MessageLane } from '@trunkline/contracts';
import type { Sql } from '../../../../database/database.js';
import type { GroupJid, LidUser, PersonAddress, PhoneDigits } from '../../jid.js';
import type { OutboundMessage } from '../../engines/engine.js';

/** A row of the outbox with all that the engine needs. */
export interface Claimed {
  id: string;
  chatId: string;
  ordinal: number;
  status: 'queued' | 'sending' | 'unknown';
  lane: MessageLane;
  /** The person and the account do not know each other yet. */
  firstContact: boolean;
  /** The person wants no messages, and this is not the confirmation of that. */
  optedOut: boolean;
  message: OutboundMessage;
}

interface Row {
  id: string;
  chat_id: string;
  ordinal: number;
  status: Claimed['status'];
  lane: MessageLane;
  first_contact: boolean;
  opted_out: boolean;
  wa_id: string;
  content: MessageContent;
  forwarding_score: number;
  view_once: boolean;
  ephemeral_seconds: number | null;
  group_wa_id: GroupJid | null;
  phone: PhoneDigits | null;
  lid: LidUser | null;
  quoted_wa_id: string | null;
  quoted_content: MessageContent | null;
  quoted_direction: 'in' | 'out' | null;
  quoted_phone: PhoneDigits | null;
  quoted_lid: LidUser | null;
  target_direction: 'in' | 'out' | null;
  target_phone: PhoneDigits | null;
  target_lid: LidUser | null;
}

/** A message whose ack did not come is sent again under its id, at a later connection, this often and for this long. */
export const RESENDS = 3;
export const RESEND_HOURS = 24;

export interface ClaimBounds {
  inHand: readonly string[];
  /** Also what an earlier connection, or a process that died, left `sending` or `unknown`. */
  resend: boolean;
  /** How many rows of each lane at most. */
  lanes: Record<MessageLane, number>;
  /** Chats of which nothing is wanted now. */
  asideChats: readonly string[];
  now: Date;
}

/**
 * What the account has to send next, the first rows of each lane, in order, without those already in hand. A row that is
 * sent again keeps its id, so the recipient sees it once.
 */
export async function claimOutbox(sql: Sql, accountId: string, bounds: ClaimBounds): Promise<Claimed[]> {
  const { inHand, resend, lanes, asideChats, now } = bounds;
  const { rows } = await sql.query<Row>({
    name: 'claim-outbox',
    text: `select m.id, m.chat_id, m.ordinal, m.status, m.lane, m.wa_id, m.content, m.forwarding_score, m.view_once,
        c.ephemeral_seconds, g.wa_id as group_wa_id, p.phone, p.lid,
        c.person_id is not null and c.known_since is null as first_contact,
        o.id is not null and o.confirmation_id is distinct from m.id as opted_out,
        m.quoted_wa_id, q.content as quoted_content, q.direction as quoted_direction, s.phone as quoted_phone,
        s.lid as quoted_lid, t.direction as target_direction, ts.phone as target_phone, ts.lid as target_lid
      from unnest($4::text[], $8::int[]) as l (lane, rows)
      cross join lateral (
        select * from mkt_wap_messages m
        where m.account_id = $1 and m.lane = l.lane
          and m.direction = 'out' and m.status in ('queued', 'sending', 'unknown')
          and (m.status = 'queued' or ($3 and m.attempts < $6 and m.sending_at > $5::timestamptz - make_interval(hours => $7)))
          and (m.not_before is null or m.not_before <= $5)
          and m.id <> all($2) and m.chat_id <> all($9)
        order by m.ordinal limit l.rows
      ) m
      join mkt_wap_chats c on c.id = m.chat_id
      left join mkt_wap_groups g on g.id = c.group_id
      left join mkt_wap_people p on p.id = c.person_id
      left join mkt_wap_opt_outs o on o.person_id = c.person_id and o.lifted_at is null
      left join lateral (
        select * from mkt_wap_messages q
        where q.account_id = m.account_id and q.wa_id = m.quoted_wa_id and q.chat_id = m.chat_id limit 1
      ) q on m.quoted_wa_id is not null
      left join mkt_wap_people s on s.id = q.sender_id
      left join lateral (
        select * from mkt_wap_messages t
        where t.account_id = m.account_id and t.wa_id = m.target_wa_id and t.chat_id = m.chat_id limit 1
      ) t on m.target_wa_id is not null
      left join mkt_wap_people ts on ts.id = t.sender_id
      order by m.ordinal`,
    values: [
      accountId,
      inHand,
      resend,
      MESSAGE_LANES,
      now,
      RESENDS,
      RESEND_HOURS,
      MESSAGE_LANES.map((lane) => lanes[lane]),
      asideChats,
    ],
  });
  return rows.map(toClaimed);
}

/** Those of the accounts that have something to send now. */
export async function accountsWithQueue(sql: Sql, accountIds: readonly string[], now: Date): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>({
    name: 'accounts-with-queue',
    text: `select a.id from unnest($1::uuid[]) as a (id) where exists (
        select from mkt_wap_messages m
        where m.account_id = a.id and m.direction = 'out' and m.status in ('queued', 'sending', 'unknown')
          and m.status = 'queued' and (m.not_before is null or m.not_before <= $2))`,
    values: [accountIds, now],
  });
  return rows.map(({ id }) => id);
}

function toClaimed(row: Row): Claimed {
  const to: PersonAddress | GroupJid = row.group_wa_id ?? { phone: row.phone, lid: row.lid };
  const message: OutboundMessage = { waId: row.wa_id, to, content: row.content };
  if (row.forwarding_score > 0) message.forwardingScore = row.forwarding_score;
  if (row.ephemeral_seconds !== null) message.ephemeralSeconds = row.ephemeral_seconds;
  if (row.view_once) message.viewOnce = true;
  if (row.quoted_wa_id && row.quoted_content) {
    message.quoted = {
      waId: row.quoted_wa_id,
      sender: row.quoted_direction === 'in' ? { phone: row.quoted_phone, lid: row.quoted_lid } : null,
      fromMe: row.quoted_direction === 'out',
      content: row.quoted_content,
    };
  }
  if (row.target_direction) {
    const fromMe = row.target_direction === 'out';
    message.target = { fromMe, sender: fromMe ? null : { phone: row.target_phone, lid: row.target_lid } };
  }
  return {
    id: row.id,
    chatId: row.chat_id,
    ordinal: row.ordinal,
    status: row.status,
    lane: row.lane,
    firstContact: row.first_contact,
    optedOut: row.opted_out,
    message,
  };
}
