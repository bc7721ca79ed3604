import type { Chat } from '@trunkline/contracts';
import { e164, type PhoneDigits } from '../jid.js';
import { type MessageRow, toMessage } from '../messages/message.view.js';

export interface ChatRow {
  chat_id: string;
  account_id: string;
  network: Chat['network'];
  person_id: string | null;
  group_id: string | null;
  unread: number;
  last_activity_at: Date | null;
  created_at: Date;
  ephemeral_seconds: number | null;
  archived_at: Date | null;
  pinned_at: Date | null;
  muted_until: Date | null;
  marked_unread_at: Date | null;
  history_ended_at: Date | null;
  blocked: boolean;
  subject: string | null;
  phone: string | null;
  lid: string | null;
  push_name: string | null;
}

/** The last message of each chat is read apart, by `last_message_id`, and handed in. */
export function toChat(row: ChatRow, last: MessageRow | undefined): Chat {
  return {
    id: row.chat_id,
    accountId: row.account_id,
    network: row.network,
    kind: row.group_id === null ? 'person' : 'group',
    personId: row.person_id,
    groupId: row.group_id,
    title: titleOf(row),
    phoneNumber: row.phone && e164(row.phone as PhoneDigits),
    lid: row.lid,
    unread: row.unread,
    lastMessage: last ? toMessage(last) : null,
    lastActivityAt: row.last_activity_at && row.last_activity_at.toISOString(),
    disappearingSeconds: row.ephemeral_seconds,
    archived: row.archived_at !== null,
    pinnedAt: row.pinned_at && row.pinned_at.toISOString(),
    mutedUntil: row.muted_until && row.muted_until.toISOString(),
    markedUnread: row.marked_unread_at !== null,
    historyComplete: row.history_ended_at !== null,
    blocked: row.blocked,
  };
}

/** The name they gave themselves, else the number; a person known by LID alone has no number that we could show. */
function titleOf(row: ChatRow): string {
  if (row.group_id !== null) return row.subject || 'Group';
  return row.push_name || (row.phone ? e164(row.phone as PhoneDigits) : 'Number not known');
}
