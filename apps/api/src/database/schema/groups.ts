import type { Network } from '@trunkline/contracts';
import { boolean, index, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { mktWapAccounts } from './accounts.js';
import { instant } from './columns.js';
import { mktWapPeople } from './people.js';

/** One group of a network, however many accounts see it. */
export const mktWapGroups = pgTable(
  'mkt_wap_groups',
  {
    id: uuid('id').primaryKey(),
    network: text('network').$type<Network>().notNull(),
    waId: text('wa_id').notNull(),
    subject: text('subject').notNull(),
    description: text('description'),
    addressing: text('addressing').$type<'pn' | 'lid'>().notNull(),
    announcement: boolean('announcement').notNull().default(false),
    locked: boolean('locked').notNull().default(false),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [uniqueIndex('mkt_wap_groups_wa_id').on(t.network, t.waId)],
);

/** Which accounts are in a group. */
export const mktWapGroupAccounts = pgTable(
  'mkt_wap_group_accounts',
  {
    groupId: uuid('group_id')
      .notNull()
      .references(() => mktWapGroups.id, { onDelete: 'cascade' }),
    accountId: uuid('account_id')
      .notNull()
      .references(() => mktWapAccounts.id, { onDelete: 'cascade' }),
    role: text('role').$type<'member' | 'admin' | 'superadmin'>(),
    leftAt: instant('left_at'),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.groupId, t.accountId] }), index('mkt_wap_group_accounts_account').on(t.accountId)],
);

export const mktWapGroupParticipants = pgTable(
  'mkt_wap_group_participants',
  {
    groupId: uuid('group_id')
      .notNull()
      .references(() => mktWapGroups.id, { onDelete: 'cascade' }),
    personId: uuid('person_id')
      .notNull()
      .references(() => mktWapPeople.id),
    role: text('role').$type<'member' | 'admin' | 'superadmin'>().notNull(),
    since: instant('since').notNull(),
  },
  (t) => [primaryKey({ columns: [t.groupId, t.personId] }), index('mkt_wap_group_participants_person').on(t.personId)],
);
