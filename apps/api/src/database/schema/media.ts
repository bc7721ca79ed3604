import type { MediaState } from '@trunkline/contracts';
import { sql } from 'drizzle-orm';
import { bigint, index, integer, jsonb, pgTable, primaryKey, real, text, uuid } from 'drizzle-orm/pg-core';
import { mktWapAccounts } from './accounts.js';
import { bytea, instant } from './columns.js';

/**
 * Files that came with messages and posts, or were uploaded to be sent. Of an inbound one the row is there with its
 * message, and the file comes later. What its sender says of it stands here until it was looked at.
 */
export const mktWapMedia = pgTable(
  'mkt_wap_media',
  {
    id: uuid('id').primaryKey(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => mktWapAccounts.id, { onDelete: 'cascade' }),
    /** `in`: came with a message. `out`: was uploaded here. */
    origin: text('origin').$type<'in' | 'out'>().notNull(),
    /** The inbound message that brought it; null where a post did. */
    messageId: uuid('message_id'),
    state: text('state').$type<MediaState>().notNull(),
    problem: text('problem'),
    mime: text('mime').notNull(),
    size: bigint('size', { mode: 'number' }),
    /** Hex; names the file in the store. */
    sha256: text('sha256'),
    fileName: text('file_name'),
    width: integer('width'),
    height: integer('height'),
    seconds: real('seconds'),
    waveform: jsonb('waveform').$type<number[]>(),
    /** JPEG, small. */
    thumbnail: bytea('thumbnail'),
    /** Where it lies at WhatsApp and how it is opened, sealed. */
    reference: bytea('reference'),
    attempts: integer('attempts').notNull().default(0),
    /** How often the phone was asked to send it again. */
    asked: integer('asked').notNull().default(0),
    nextAttemptAt: instant('next_attempt_at'),
    readyAt: instant('ready_at'),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    index('mkt_wap_media_due')
      .on(t.accountId, t.nextAttemptAt)
      .where(sql`${t.state} in ('pending', 'downloading')`),
    index('mkt_wap_media_sha256')
      .on(t.sha256)
      .where(sql`${t.sha256} is not null`),
    index('mkt_wap_media_ready')
      .on(t.readyAt)
      .where(sql`${t.state} = 'ready'`),
  ],
);

/** Files in the store. A file that no media and no profile names any more is removed some time after it was put there last. */
export const mktWapMediaFiles = pgTable('mkt_wap_media_files', {
  sha256: text('sha256').primaryKey(),
  size: bigint('size', { mode: 'number' }).notNull(),
  putAt: instant('put_at').notNull(),
});

/** A file on its way to WhatsApp, or there: one upload serves every message of the account that sends it alike. */
export const mktWapMediaUploads = pgTable(
  'mkt_wap_media_uploads',
  {
    mediaId: uuid('media_id')
      .notNull()
      .references(() => mktWapMedia.id, { onDelete: 'cascade' }),
    /** What the media hosts call it, and its keys are made for. */
    type: text('type').$type<'image' | 'video' | 'audio' | 'document'>().notNull(),
    accountId: uuid('account_id').notNull(),
    state: text('state').$type<'pending' | 'ready' | 'failed'>().notNull(),
    problem: text('problem'),
    reference: bytea('reference'),
    attempts: integer('attempts').notNull().default(0),
    nextAttemptAt: instant('next_attempt_at').notNull(),
    uploadedAt: instant('uploaded_at'),
  },
  (t) => [
    primaryKey({ columns: [t.mediaId, t.type] }),
    index('mkt_wap_media_uploads_due')
      .on(t.accountId, t.nextAttemptAt)
      .where(sql`${t.state} = 'pending'`),
  ],
);
