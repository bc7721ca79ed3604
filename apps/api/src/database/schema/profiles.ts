import { sql } from 'drizzle-orm';
import { bigint, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { mktWapAccounts } from './accounts.js';
import { instant } from './columns.js';
import { mktWapGroups } from './groups.js';
import { mktWapPeople } from './people.js';

/**
 * How people, groups and (without either) the account itself look to an account. There is a row for whom somebody has looked
 * at here; what is not known yet, or is to be asked again, is wanted.
 */
export const mktWapProfiles = pgTable(
  'mkt_wap_profiles',
  {
    id: uuid('id').primaryKey(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => mktWapAccounts.id, { onDelete: 'cascade' }),
    personId: uuid('person_id').references(() => mktWapPeople.id, { onDelete: 'cascade' }),
    groupId: uuid('group_id').references(() => mktWapGroups.id, { onDelete: 'cascade' }),
    about: text('about'),
    /** WhatsApp's name of the picture that lies here under `sha256` (hex), which names the file in the store. */
    pictureId: text('picture_id'),
    sha256: text('sha256'),
    size: bigint('size', { mode: 'number' }),
    mime: text('mime'),
    /** Since when it is to be asked; null: it is known. */
    wantedAt: instant('wanted_at'),
    attempts: integer('attempts').notNull().default(0),
    nextAttemptAt: instant('next_attempt_at'),
    checkedAt: instant('checked_at'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('mkt_wap_profiles_person')
      .on(t.accountId, t.personId)
      .where(sql`${t.personId} is not null`),
    uniqueIndex('mkt_wap_profiles_group')
      .on(t.accountId, t.groupId)
      .where(sql`${t.groupId} is not null`),
    uniqueIndex('mkt_wap_profiles_own')
      .on(t.accountId)
      .where(sql`${t.personId} is null and ${t.groupId} is null`),
    index('mkt_wap_profiles_wanted')
      .on(t.accountId, t.wantedAt)
      .where(sql`${t.wantedAt} is not null`),
    index('mkt_wap_profiles_sha256')
      .on(t.sha256)
      .where(sql`${t.sha256} is not null`),
    index('mkt_wap_profiles_of_person').on(t.personId),
    index('mkt_wap_profiles_of_group').on(t.groupId),
  ],
);
