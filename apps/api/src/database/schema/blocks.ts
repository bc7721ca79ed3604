import { index, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core';
import { mktWapAccounts } from './accounts.js';
import { instant } from './columns.js';
import { mktWapPeople } from './people.js';

/** Whom an account has blocked. With a chat or without one. */
export const mktWapBlocks = pgTable(
  'mkt_wap_blocks',
  {
    accountId: uuid('account_id')
      .notNull()
      .references(() => mktWapAccounts.id, { onDelete: 'cascade' }),
    personId: uuid('person_id')
      .notNull()
      .references(() => mktWapPeople.id),
    blockedAt: instant('blocked_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.personId] }), index('mkt_wap_blocks_person').on(t.personId)],
);
