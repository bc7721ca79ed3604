import type { GovernorProfileName, GovernorSettings, HoldCode, HoldScope } from '@trunkline/contracts';
import { sql } from 'drizzle-orm';
import { doublePrecision, index, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { mktWapAccounts } from './accounts.js';
import { instant } from './columns.js';

/** What a person set for an account; without a row all is as its profile says. */
export const mktWapGovernorSettings = pgTable('mkt_wap_governor_settings', {
  accountId: uuid('account_id')
    .primaryKey()
    .references(() => mktWapAccounts.id, { onDelete: 'cascade' }),
  profile: text('profile').$type<GovernorProfileName | 'auto'>().notNull(),
  /** Only what differs from the profile. */
  settings: jsonb('settings').$type<GovernorSettings>().notNull(),
  updatedAt: instant('updated_at').notNull(),
  updatedBy: text('updated_by').notNull(),
});

/**
 * When each message of an account left first: what the governor counts from after a restart. Apart from the messages, whose
 * rows would else be in all of their indexes anew with each send. Kept for some days.
 */
export const mktWapSends = pgTable(
  'mkt_wap_sends',
  { accountId: uuid('account_id').notNull(), at: instant('at').notNull() },
  (t) => [index('mkt_wap_sends_account').on(t.accountId, t.at), index('mkt_wap_sends_at').using('brin', t.at)],
);

/** One row for each message to a person who did not know the account, made with the commit that lets it leave. */
export const mktWapFirstContacts = pgTable(
  'mkt_wap_first_contacts',
  {
    messageId: uuid('message_id').primaryKey(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => mktWapAccounts.id, { onDelete: 'cascade' }),
    at: instant('at').notNull(),
  },
  (t) => [index('mkt_wap_first_contacts_account').on(t.accountId, t.at)],
);

/** The wall clock was set forward while an account was counted: what has an earlier time is younger than it looks. */
export const mktWapClockJumps = pgTable(
  'mkt_wap_clock_jumps',
  {
    accountId: uuid('account_id')
      .notNull()
      .references(() => mktWapAccounts.id, { onDelete: 'cascade' }),
    /** After the jump. */
    at: instant('at').notNull(),
    ms: doublePrecision('ms').notNull(),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.at] })],
);

/** A limit that WhatsApp set on an account, from when it was heard of until it is over. */
export const mktWapGovernorHolds = pgTable(
  'mkt_wap_governor_holds',
  {
    id: uuid('id').primaryKey(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => mktWapAccounts.id, { onDelete: 'cascade' }),
    code: text('code').$type<HoldCode>().notNull(),
    scope: text('scope').$type<HoldScope>().notNull(),
    since: instant('since').notNull(),
    until: instant('until').notNull(),
    liftedAt: instant('lifted_at'),
  },
  (t) => [
    uniqueIndex('mkt_wap_governor_holds_standing')
      .on(t.accountId, t.code)
      .where(sql`${t.liftedAt} is null`),
    index('mkt_wap_governor_holds_history').on(t.accountId, t.since),
  ],
);
