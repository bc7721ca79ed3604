import type { CallPolicy } from '@trunkline/contracts';
import { boolean, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { mktWapAccounts } from './accounts.js';
import { instant } from './columns.js';

/** How an account behaves towards people; an account without a row behaves as by default. */
export const mktWapAccountMessaging = pgTable('mkt_wap_account_messaging', {
  accountId: uuid('account_id')
    .primaryKey()
    .references(() => mktWapAccounts.id, { onDelete: 'cascade' }),
  readReceipts: boolean('read_receipts').notNull(),
  linkPreviews: boolean('link_previews').notNull().default(false),
  calls: text('calls').$type<CallPolicy>().notNull(),
  callReply: text('call_reply'),
  /** What messages said is removed after so many days; null: it is kept. */
  keepDays: integer('keep_days'),
  simulateTyping: boolean('simulate_typing').notNull().default(false),
  updatedAt: instant('updated_at').notNull(),
});
