import type { MessageContent } from '@trunkline/contracts';
import { boolean, index, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { mktWapAccounts } from './accounts.js';
import { bytea, instant } from './columns.js';
import { mktWapPeople } from './people.js';

/** A channel that an account follows, as far as something was posted there. */
export const mktWapChannels = pgTable(
  'mkt_wap_channels',
  {
    id: uuid('id').primaryKey(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => mktWapAccounts.id, { onDelete: 'cascade' }),
    /** `…@newsletter` */
    waId: text('wa_id').notNull(),
    name: text('name'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [uniqueIndex('mkt_wap_channels_wa_id').on(t.accountId, t.waId)],
);

/** Statuses and what stands in channels: kept apart from messages, and never for long. */
export const mktWapPosts = pgTable(
  'mkt_wap_posts',
  {
    id: uuid('id').primaryKey(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => mktWapAccounts.id, { onDelete: 'cascade' }),
    /** Null: a status. */
    channelId: uuid('channel_id').references(() => mktWapChannels.id, { onDelete: 'cascade' }),
    /** Of a status that is not the account's own. */
    personId: uuid('person_id').references(() => mktWapPeople.id),
    /** Within whose posts an id is unique: the author's LID or number, or the channel. Who changes a post must be that one. */
    source: text('source').notNull(),
    waId: text('wa_id').notNull(),
    fromMe: boolean('from_me').notNull(),
    content: jsonb('content').$type<MessageContent>().notNull(),
    /** Its file, which goes with it. */
    mediaId: uuid('media_id'),
    /** The decrypted protobuf, sealed. */
    raw: bytea('raw').notNull(),
    postedAt: instant('posted_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('mkt_wap_posts_wa_id').on(t.accountId, t.source, t.waId),
    index('mkt_wap_posts_time').on(t.postedAt, t.id),
    index('mkt_wap_posts_channel').on(t.channelId, t.postedAt),
    index('mkt_wap_posts_expiry').on(t.expiresAt),
    index('mkt_wap_posts_person').on(t.personId),
  ],
);
