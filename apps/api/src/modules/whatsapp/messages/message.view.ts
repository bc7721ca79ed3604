import { hasMedia } from '@trunkline/contracts';
import type { Media, Message, MessageContent, MessageFailure, MessageStatus } from '@trunkline/contracts';
import { type Change, foldChanges } from './changes.js';
import { contentWithNames } from './mentions.js';
import { mediaOfMessage } from '../media/media.view.js';
import { e164, type PhoneDigits } from '../jid.js';
import { WAITS } from './outbound/outbox.repository.js';

/** A message with its sender, as `MESSAGE_COLUMNS` selects it. */
export interface MessageRow {
  id: string;
  ordinal: number;
  account_id: string;
  chat_id: string;
  wa_id: string;
  direction: 'in' | 'out';
  content: MessageContent;
  media: Media | null;
  forwarding_score: number;
  view_once: boolean;
  starred_at: Date | null;
  expires_at: Date | null;
  status: MessageStatus;
  queued_reason: Message['queuedReason'];
  failure: MessageFailure | null;
  cancellable: boolean;
  timestamp: Date;
  batch_id: string | null;
  retry_of: string | null;
  not_before: Date | null;
  not_after: Date | null;
  sending_at: Date | null;
  unknown_at: Date | null;
  sent_at: Date | null;
  delivered_at: Date | null;
  read_at: Date | null;
  played_at: Date | null;
  failed_at: Date | null;
  cancelled_at: Date | null;
  expired_at: Date | null;
  created_at: Date;
  sender_id: string | null;
  sender_phone: string | null;
  sender_lid: string | null;
  sender_name: string | null;
  quoted_wa_id: string | null;
  quoted: Quoted | null;
  changes: Change[] | null;
}

type Quoted = Omit<NonNullable<Message['quoted']>, 'waId'>;

/** What a message quotes, when it is known: in the same chat. Found by the index on account and WhatsApp id. */
const QUOTED = `case when m.quoted_wa_id is not null then (
    select jsonb_build_object('messageId', q.id, 'fromMe', q.direction = 'out', 'name', qp.push_name,
      'content', ${contentWithNames('q')})
    from mkt_wap_messages q left join mkt_wap_people qp on qp.id = q.sender_id
    where q.account_id = m.account_id and q.wa_id = m.quoted_wa_id and q.chat_id = m.chat_id limit 1) end`;

/** What came to be said about a message, in order; what was taken back counts for nothing. */
const CHANGES = `(select jsonb_agg(jsonb_build_object('messageId', x.id, 'content', x.content, 'status', x.status, 'failure', x.failure, 'personId', x.sender_id, 'name', xp.push_name,
      'at', x.timestamp, 'admin', exists (select from mkt_wap_chats xc
        join mkt_wap_group_participants gp on gp.group_id = xc.group_id
        where xc.id = x.chat_id and gp.person_id = x.sender_id and gp.role <> 'member')) order by x.timestamp, x.ordinal)
    from mkt_wap_messages x left join mkt_wap_people xp on xp.id = x.sender_id
    where x.chat_id = m.chat_id and x.target_wa_id = m.wa_id and x.status <> 'cancelled')`;

/**
 * For `from mkt_wap_messages m left join mkt_wap_people p on p.id = m.sender_id`. A queued message with no other reason to
 * wait waits for the connection of its account, where that is away.
 */
export const MESSAGE_COLUMNS = `m.id, m.ordinal, m.account_id, m.chat_id, m.wa_id, m.direction, ${contentWithNames('m')} as content,
  m.forwarding_score, m.view_once, m.starred_at, m.expires_at, m.status,
  case when m.status = 'queued' then coalesce(m.queued_reason, (
    select 'offline' from mkt_wap_accounts o where o.id = m.account_id and o.connection <> 'connected'), (
    select 'media' from mkt_wap_media_uploads u where u.media_id = m.media_id and u.state = 'pending' limit 1)
  ) end as queued_reason,
  m.failure, m.outbox is not null and ${WAITS} as cancellable, m.timestamp, m.batch_id, m.retry_of, m.not_before, m.not_after, m.sending_at, m.unknown_at, m.sent_at,
  m.delivered_at, m.read_at, m.played_at, m.failed_at, m.cancelled_at, m.expired_at, m.created_at, m.sender_id,
  m.quoted_wa_id, ${QUOTED} as quoted, ${CHANGES} as changes, ${mediaOfMessage('m')} as media, p.phone as sender_phone, p.lid as sender_lid,
  p.push_name as sender_name`;

export function toMessage(row: MessageRow): Message {
  const folded = foldChanges({ content: row.content, senderId: row.sender_id }, row.changes ?? []);
  return {
    id: row.id,
    accountId: row.account_id,
    chatId: row.chat_id,
    waId: row.wa_id,
    direction: row.direction,
    sender: toSender(row),
    ...folded,
    media: hasMedia(folded.content) ? row.media : null,
    quoted: toQuoted(row),
    forwardingScore: row.forwarding_score,
    viewOnce: row.view_once,
    starred: row.starred_at !== null,
    expiresAt: iso(row.expires_at),
    status: row.status,
    queuedReason: row.queued_reason,
    failure: row.failure,
    cancellable: row.cancellable,
    ordinal: String(row.ordinal),
    timestamp: row.timestamp.toISOString(),
    batchId: row.batch_id,
    retryOf: row.retry_of,
    notBefore: iso(row.not_before),
    notAfter: iso(row.not_after),
    sendingAt: iso(row.sending_at),
    unknownAt: iso(row.unknown_at),
    sentAt: iso(row.sent_at),
    deliveredAt: iso(row.delivered_at),
    readAt: iso(row.read_at),
    playedAt: iso(row.played_at),
    failedAt: iso(row.failed_at),
    cancelledAt: iso(row.cancelled_at),
    expiredAt: iso(row.expired_at),
    createdAt: row.created_at.toISOString(),
  };
}

function toSender(row: MessageRow): Message['sender'] {
  if (row.sender_id === null) return null;
  return {
    personId: row.sender_id,
    phoneNumber: row.sender_phone && e164(row.sender_phone as PhoneDigits),
    lid: row.sender_lid,
    name: row.sender_name,
  };
}

function toQuoted({ quoted_wa_id: waId, quoted }: MessageRow): Message['quoted'] {
  if (waId === null) return null;
  return { waId, ...(quoted ?? { messageId: null, fromMe: null, name: null, content: null }) };
}

const iso = (at: Date | null): string | null => at && at.toISOString();
