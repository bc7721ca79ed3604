import type {
  MessageContent,
  MessageFailure,
  MessageKind,
  MessageLane,
  MessageStatus,
  Network,
} from '@trunkline/contracts';
import { sql } from 'drizzle-orm';
import {
  bigserial,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { mktWapAccounts } from './accounts.js';
import { bytea, instant } from './columns.js';
import { mktWapGroups } from './groups.js';
import { mktWapPeople } from './people.js';

/** A conversation of one account with a person or a group. */
export const mktWapChats = pgTable(
  'mkt_wap_chats',
  {
    id: uuid('id').primaryKey(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => mktWapAccounts.id, { onDelete: 'cascade' }),
    network: text('network').$type<Network>().notNull(),
    personId: uuid('person_id').references(() => mktWapPeople.id),
    groupId: uuid('group_id').references(() => mktWapGroups.id),
    unread: integer('unread').notNull().default(0),
    lastMessageId: uuid('last_message_id'),
    /** Null: nothing was ever said in it here, as when it was archived before. */
    lastActivityAt: instant('last_activity_at'),
    /** Since when either side has written to the other. Null: a message to this person is a first contact. */
    knownSince: instant('known_since'),
    /** When the person, or somebody in the group, last wrote: what makes an answer a reply. */
    heardAt: instant('heard_at'),
    createdAt: instant('created_at').notNull(),
    /** Disappearing messages: how long one lives, as the chat says; null when they stay. */
    ephemeralSeconds: integer('ephemeral_seconds'),
    /** When that was said, so that an older word does not undo a newer one. */
    ephemeralSince: instant('ephemeral_since'),
    archivedAt: instant('archived_at'),
    pinnedAt: instant('pinned_at'),
    /** Far in the future: for ever. */
    mutedUntil: instant('muted_until'),
    /** By hand; nothing need be unread. */
    markedUnreadAt: instant('marked_unread_at'),
    /** The phone has said that it has no older messages than are here. */
    historyEndedAt: instant('history_ended_at'),
  },
  (t) => [
    uniqueIndex('mkt_wap_chats_person').on(t.accountId, t.personId),
    uniqueIndex('mkt_wap_chats_group').on(t.accountId, t.groupId),
    index('mkt_wap_chats_activity').on(t.lastActivityAt, t.id),
    index('mkt_wap_chats_by_person').on(t.personId),
  ],
);

/**
 * Where an outbound message stands in the outbox; null once it has left it.
 * - `due`: queued and ready to leave, or handed to the engine and not answered; read in `ordinal` order.
 * - `scheduled`: `not_before` has not come. `held`: the governor holds it until `held_until`.
 * - `silent`: it left and no ack came; a later connection may send it again under its id.
 */
export type OutboxPlace = 'due' | 'scheduled' | 'held' | 'silent';

/**
 * Messages, in and out. Outbound rows are the outbox: those that are `due` are taken in `ordinal` order per chat by the
 * owner of the account. `wa_id` is chosen when the row is made and is the same at each attempt. `status` and the times of the
 * steps are in no index, so that a message on its way costs no index entries at each of them; `outbox` changes once or twice.
 */
export const mktWapMessages = pgTable(
  'mkt_wap_messages',
  {
    id: uuid('id').primaryKey(),
    ordinal: bigserial('ordinal', { mode: 'number' }).notNull(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => mktWapAccounts.id, { onDelete: 'cascade' }),
    chatId: uuid('chat_id')
      .notNull()
      .references(() => mktWapChats.id, { onDelete: 'cascade' }),
    direction: text('direction').$type<'in' | 'out'>().notNull(),
    /** Who wrote it; null when the account did. */
    senderId: uuid('sender_id').references(() => mktWapPeople.id),
    waId: text('wa_id').notNull(),
    kind: text('kind').$type<MessageKind>().notNull(),
    content: jsonb('content').$type<MessageContent>().notNull(),
    /** The decrypted protobuf of an inbound message, sealed. */
    raw: bytea('raw'),
    quotedWaId: text('quoted_wa_id'),
    /** Of a reaction, an edit, a deletion, a vote or an answer: WhatsApp's id of the message that it changes, which may come later. */
    targetWaId: text('target_wa_id').generatedAlwaysAs(sql`content ->> 'targetWaId'`),
    /** The file that it brings or carries. */
    mediaId: uuid('media_id').generatedAlwaysAs(sql`(content ->> 'mediaId')::uuid`),
    /** How often it was forwarded; WhatsApp marks it from 1 on. */
    forwardingScore: integer('forwarding_score').notNull().default(0),
    viewOnce: boolean('view_once').notNull().default(false),
    /** When what it says is deleted here, as it is on the phones. */
    expiresAt: instant('expires_at'),
    starredAt: instant('starred_at'),
    status: text('status').$type<MessageStatus>().notNull(),
    /** `offline` is not kept: it is what the account says when the row is read. */
    queuedReason: text('queued_reason').$type<'scheduled' | 'held' | 'offline'>(),
    /** Which goes first when there is not room for all; see the governor. Order within a chat is kept over the lanes. */
    lane: text('lane').$type<MessageLane>().notNull().default('direct'),
    /** The person is shown "typing…" before it comes. */
    typing: boolean('typing').notNull().default(false),
    outbox: text('outbox').$type<OutboxPlace>(),
    heldUntil: instant('held_until'),
    batchId: uuid('batch_id'),
    retryOf: uuid('retry_of'),
    failure: jsonb('failure').$type<MessageFailure>(),
    attempts: integer('attempts').notNull().default(0),
    /** When it was written, by the sender's clock for inbound. */
    timestamp: instant('timestamp').notNull(),
    notBefore: instant('not_before'),
    notAfter: instant('not_after'),
    sendingAt: instant('sending_at'),
    sentAt: instant('sent_at'),
    deliveredAt: instant('delivered_at'),
    readAt: instant('read_at'),
    playedAt: instant('played_at'),
    unknownAt: instant('unknown_at'),
    failedAt: instant('failed_at'),
    cancelledAt: instant('cancelled_at'),
    expiredAt: instant('expired_at'),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    uniqueIndex('mkt_wap_messages_inbound')
      .on(t.accountId, t.chatId, t.senderId, t.waId)
      .where(sql`${t.direction} = 'in'`),
    uniqueIndex('mkt_wap_messages_outbound')
      .on(t.accountId, t.waId)
      .where(sql`${t.direction} = 'out'`),
    index('mkt_wap_messages_chat').on(t.chatId, t.ordinal),
    index('mkt_wap_messages_target')
      .on(t.chatId, t.targetWaId)
      .where(sql`${t.targetWaId} is not null`),
    index('mkt_wap_messages_expiry')
      .on(t.expiresAt)
      .where(sql`${t.expiresAt} is not null`),
    index('mkt_wap_messages_words').using(
      'gin',
      sql`to_tsvector('simple', coalesce(content ->> 'text', content ->> 'caption', ''))`,
    ),
    index('mkt_wap_messages_outbox_place')
      .on(t.accountId, t.outbox, t.lane, t.ordinal)
      .where(sql`${t.outbox} is not null`),
    index('mkt_wap_messages_scheduled')
      .on(t.notBefore)
      .where(sql`${t.outbox} = 'scheduled'`),
    index('mkt_wap_messages_held_until')
      .on(t.heldUntil)
      .where(sql`${t.outbox} = 'held'`),
    index('mkt_wap_messages_not_after')
      .on(t.notAfter)
      .where(sql`${t.outbox} is not null and ${t.notAfter} is not null`),
    index('mkt_wap_messages_batch')
      .on(t.batchId)
      .where(sql`${t.batchId} is not null`),
    uniqueIndex('mkt_wap_messages_retry')
      .on(t.retryOf)
      .where(sql`${t.retryOf} is not null`),
    index('mkt_wap_messages_wa_id').on(t.accountId, t.waId),
    index('mkt_wap_messages_media')
      .on(t.mediaId)
      .where(sql`${t.mediaId} is not null`),
    index('mkt_wap_messages_sender')
      .on(t.senderId)
      .where(sql`${t.senderId} is not null`),
  ],
);

/** Per member of a group: how far a message came. */
export const mktWapMessageReceipts = pgTable(
  'mkt_wap_message_receipts',
  {
    messageId: uuid('message_id')
      .notNull()
      .references(() => mktWapMessages.id, { onDelete: 'cascade' }),
    personId: uuid('person_id')
      .notNull()
      .references(() => mktWapPeople.id),
    deliveredAt: instant('delivered_at'),
    readAt: instant('read_at'),
    playedAt: instant('played_at'),
  },
  (t) => [primaryKey({ columns: [t.messageId, t.personId] })],
);

/** An `Idempotency-Key`, scoped by who asked and the account; kept 7 days. */
export const mktWapIdempotencyKeys = pgTable(
  'mkt_wap_idempotency_keys',
  {
    scope: text('scope').notNull(),
    accountId: uuid('account_id').notNull(),
    key: text('key').notNull(),
    /** SHA-256 of the canonical body: the same key with another body is a conflict. */
    bodyHash: text('body_hash').notNull(),
    messageId: uuid('message_id').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.scope, t.accountId, t.key] }),
    index('mkt_wap_idempotency_keys_age').on(t.createdAt),
  ],
);
