import { MESSAGE_LANES, type MessageContent, type MessageKind, type MessageLane } from '@trunkline/contracts';
import type { Sql } from '../../../../database/database.js';
import type { GroupJid, LidUser, PersonAddress, PhoneDigits } from '../../jid.js';
import { MEDIA_TYPE_SQL } from '../../media/media.type.js';
import { CLAIMED_FILE, type ClaimedFile, type SealedFile } from '../../media/outbound.media.js';
import type { OutboundMessage } from '../../engines/engine.js';

/** A row of the outbox with all that the engine needs. */
export interface Claimed {
  id: string;
  accountId: string;
  chatId: string;
  ordinal: number;
  /** How often it was handed over before. */
  attempts: number;
  lane: MessageLane;
  /** The person and the account do not know each other yet. */
  firstContact: boolean;
  /** The person wants no messages, and this is not the confirmation of that. */
  optedOut: boolean;
  /** Characters that the person is shown the account typing before it goes; undefined: it goes at once. */
  typed: number | undefined;
  /** The account has blocked the person. */
  blocked: boolean;
  /** Of media: where its file is. */
  file: SealedFile | null;
  message: OutboundMessage;
}

interface Row {
  id: string;
  account_id: string;
  chat_id: string;
  ordinal: number;
  attempts: number;
  lane: MessageLane;
  first_contact: boolean;
  opted_out: boolean;
  blocked: boolean;
  typing: boolean;
  wa_id: string;
  content: MessageContent;
  forwarding_score: number;
  view_once: boolean;
  file: ClaimedFile | null;
  reference: Buffer | null;
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
  target_kind: MessageKind | null;
  target_phone: PhoneDigits | null;
  target_lid: LidUser | null;
}

/**
 * A message whose ack did not come leaves this often on connections that answer, this often in all where connections broke
 * under it, and for this long (docs/decisions/resending.md).
 */
export const ANSWERED_ATTEMPTS = 3;
export const ATTEMPTS = 6;
export const RESEND_HOURS = 24;

const COLUMNS = `m.id, m.account_id, m.chat_id, m.ordinal, m.attempts, m.lane, m.wa_id, m.content,
  m.forwarding_score, m.view_once, f.file, f.reference, c.ephemeral_seconds, c.person_id is not null and c.known_since is null as first_contact,
  o.id is not null and o.confirmation_id is distinct from m.id as opted_out, b.person_id is not null as blocked,
  m.typing or coalesce(am.simulate_typing, false) as typing,
  g.wa_id as group_wa_id, p.phone, p.lid, m.quoted_wa_id, q.content as quoted_content, q.direction as quoted_direction,
  s.phone as quoted_phone, s.lid as quoted_lid, t.direction as target_direction, t.kind as target_kind, ts.phone as target_phone,
  ts.lid as target_lid`;
const JOINS = `join mkt_wap_chats c on c.id = m.chat_id
  left join mkt_wap_groups g on g.id = c.group_id
  left join mkt_wap_people p on p.id = c.person_id
  left join mkt_wap_opt_outs o on o.person_id = c.person_id and o.lifted_at is null
  left join mkt_wap_account_messaging am on am.account_id = m.account_id
  left join mkt_wap_blocks b on b.account_id = m.account_id and b.person_id = c.person_id
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
  left join lateral (${CLAIMED_FILE}) f on m.media_id is not null`;

/** Of `m`, in the outbox: it is queued, or was handed over and certainly did not leave (an attempt that does not count). */
export const WAITS = `(m.status = 'queued' or m.status = 'sending' and m.attempts = 0)`;

export interface Wanted {
  accountId: string;
  /** How many rows of each lane at most. */
  lanes: Record<MessageLane, number>;
  /** Those that were taken already and whose rows do not say so. */
  inHand: readonly string[];
  /** Chats of which nothing is wanted now. */
  asideChats: readonly string[];
}

/** For `$1`, accounts: what is due and waits for its file, and with it all that follows in its chat. */
const WAITING_FOR_FILES = `select m.chat_id, min(m.ordinal) as ordinal
  from mkt_wap_media_uploads u
  join mkt_wap_messages m on m.media_id = u.media_id and m.account_id = u.account_id
  where u.account_id = any($1::uuid[]) and u.state = 'pending' and m.outbox = 'due' and ${WAITS}
    and u.type = ${MEDIA_TYPE_SQL}
  group by m.chat_id`;

/** One index over account, place, lane and order: what it reads does not grow with what waits. */
export const DUE = `with waiting as (${WAITING_FOR_FILES})
  select ${COLUMNS}
      from unnest($1::uuid[], $2::text[], $3::int[]) as w (account_id, lane, rows)
      cross join lateral (
        select * from mkt_wap_messages m
        where m.account_id = w.account_id and m.outbox = 'due' and m.lane = w.lane and ${WAITS}
          and m.id <> all($4) and m.chat_id <> all($5) and (m.not_after is null or m.not_after > $6)
      and not exists (select from waiting where waiting.chat_id = m.chat_id and waiting.ordinal <= m.ordinal)
        order by m.ordinal limit w.rows
      ) m
      ${JOINS}
      order by m.ordinal`;

/**
 * What accounts have to send next, the first rows of each lane, in order, in one statement however many accounts ask. The
 * rows are taken when `sending` is written; only the owner of an account takes any, and only the owner cancels or lets
 * expire, so nothing need be locked here.
 */
export async function dueMessages(sql: Sql, wanted: readonly Wanted[], now: Date): Promise<Map<string, Claimed[]>> {
  const asked = wanted.flatMap(({ accountId, lanes }) =>
    MESSAGE_LANES.filter((lane) => lanes[lane] > 0).map((lane) => ({ accountId, lane, rows: lanes[lane] })),
  );
  const { rows } = await sql.query<Row>({
    name: 'due-messages',
    text: DUE,
    values: [
      asked.map(({ accountId }) => accountId),
      asked.map(({ lane }) => lane),
      asked.map((one) => one.rows),
      wanted.flatMap(({ inHand }) => inHand),
      wanted.flatMap(({ asideChats }) => asideChats),
      now,
    ],
  });
  return Map.groupBy(rows.map(toClaimed), ({ accountId }) => accountId);
}

/**
 * What an earlier connection, or a process that died, handed over and got no ack for, and what may leave again under the
 * same id: by the device that sent it before, often enough and not too late.
 */
export async function unconfirmedMessages(
  sql: Sql,
  accountId: string,
  { after, limit, linkedAt, now }: { after: number; limit: number; linkedAt: Date | null; now: Date },
): Promise<Claimed[]> {
  const { rows } = await sql.query<Row>({
    name: 'unconfirmed-messages',
    text: `select ${COLUMNS}
      from mkt_wap_messages m ${JOINS}
      where m.account_id = $1 and m.outbox in ('due', 'silent') and m.status in ('sending', 'unknown') and m.ordinal > $2
        and m.attempts > 0 and m.attempts < case m.status when 'unknown' then $5 else $8 end::int and m.sending_at > $4::timestamptz - make_interval(hours => $6)
        and ($7::timestamptz is null or m.sending_at > $7) and (m.not_after is null or m.not_after > $4)
      order by m.ordinal limit $3`,
    values: [accountId, after, limit, now, ANSWERED_ATTEMPTS, RESEND_HOURS, linkedAt, ATTEMPTS],
  });
  return rows.map(toClaimed);
}

/** A message that was read a while ago and is not answered; undefined when it was taken back, has run out or has its answer. */
export async function stillToSend(sql: Sql, id: string, now: Date): Promise<Claimed | undefined> {
  const { rows } = await sql.query<Row>({
    name: 'still-to-send',
    text: `select ${COLUMNS} from mkt_wap_messages m ${JOINS}
      where m.id = $1 and m.outbox in ('due', 'silent') and m.status in ('queued', 'sending', 'unknown')
        and (m.not_after is null or m.not_after > $2)`,
    values: [id, now],
  });
  return rows[0] && toClaimed(rows[0]);
}

/**
 * Those of the accounts that have something to send, now or again, or of which it is told that they wait: the others have
 * nothing that somebody who begins to own them would have to look at.
 */
export async function accountsWithRows(sql: Sql, accountIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql.query<{ id: string }>({
    name: 'accounts-with-rows',
    text: `select a.id from mkt_wap_accounts a where a.id = any($1) and (a.sends_again_at is not null or exists (
        select from mkt_wap_messages m where m.account_id = a.id and m.outbox in ('due', 'silent')))`,
    values: [accountIds],
  });
  return new Set(rows.map(({ id }) => id));
}

/** Those of the accounts that have something to send now. */
export async function accountsWithQueue(sql: Sql, accountIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>({
    name: 'accounts-with-queue',
    text: `select a.id from unnest($1::uuid[]) as a (id) where exists (
        select from mkt_wap_messages m where m.account_id = a.id and m.outbox = 'due' and m.status = 'queued')`,
    values: [accountIds],
  });
  return rows.map(({ id }) => id);
}

/** Those of the accounts that have something whose time has run out. */
export async function accountsWithExpired(sql: Sql, accountIds: readonly string[], now: Date): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>({
    name: 'accounts-with-expired',
    text: `select distinct m.account_id as id from mkt_wap_messages m
      where m.outbox is not null and m.not_after <= $2 and ${WAITS} and m.account_id = any($1)`,
    values: [accountIds, now],
  });
  return rows.map(({ id }) => id);
}

/** Accounts without a live owner that have something whose time has run out. */
export async function expiredWithoutOwner(sql: Sql, now: Date, limit: number): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>(
    `select distinct m.account_id as id from mkt_wap_messages m
     join mkt_wap_leases l on l.account_id = m.account_id
     where m.outbox is not null and m.not_after <= $1 and ${WAITS}
       and not exists (select from mkt_wap_workers w where w.id = l.owner and w.expires_at > clock_timestamp())
     limit $2`,
    [now, limit],
  );
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
    const sender = fromMe ? null : { phone: row.target_phone, lid: row.target_lid };
    message.target = { fromMe, sender, ...(row.target_kind && { kind: row.target_kind }) };
  }
  const file = row.file && { ...row.file, reference: row.reference };
  return {
    id: row.id,
    accountId: row.account_id,
    chatId: row.chat_id,
    ordinal: row.ordinal,
    attempts: row.attempts,
    lane: row.lane,
    firstContact: row.first_contact,
    optedOut: row.opted_out,
    blocked: row.blocked,
    typed: row.typing && row.content.kind === 'text' ? row.content.text.length : undefined,
    file,
    message,
  };
}
