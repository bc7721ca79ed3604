import type { Message, MessageContent, MessageFailure, MessageStatus } from '@trunkline/contracts';
import { e164, type PhoneDigits } from '../jid.js';

/** A message with its sender, as `MESSAGE_COLUMNS` selects it. */
export interface MessageRow {
  id: string;
  ordinal: number;
  account_id: string;
  chat_id: string;
  wa_id: string;
  direction: 'in' | 'out';
  content: MessageContent;
  status: MessageStatus;
  queued_reason: Message['queuedReason'];
  failure: MessageFailure | null;
  timestamp: Date;
  sent_at: Date | null;
  delivered_at: Date | null;
  read_at: Date | null;
  created_at: Date;
  sender_id: string | null;
  sender_phone: string | null;
  sender_lid: string | null;
  sender_name: string | null;
}

/** For `from mkt_wap_messages m left join mkt_wap_people p on p.id = m.sender_id`. */
export const MESSAGE_COLUMNS = `m.id, m.ordinal, m.account_id, m.chat_id, m.wa_id, m.direction, m.content, m.status,
  m.queued_reason, m.failure, m.timestamp, m.sent_at, m.delivered_at, m.read_at, m.created_at, m.sender_id,
  p.phone as sender_phone, p.lid as sender_lid, p.push_name as sender_name`;

export function toMessage(row: MessageRow): Message {
  return {
    id: row.id,
    accountId: row.account_id,
    chatId: row.chat_id,
    waId: row.wa_id,
    direction: row.direction,
    sender: toSender(row),
    content: row.content,
    status: row.status,
    queuedReason: row.queued_reason,
    failure: row.failure,
    ordinal: String(row.ordinal),
    timestamp: row.timestamp.toISOString(),
    sentAt: iso(row.sent_at),
    deliveredAt: iso(row.delivered_at),
    readAt: iso(row.read_at),
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

const iso = (at: Date | null): string | null => at && at.toISOString();
