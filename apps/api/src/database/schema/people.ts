import type { Network } from '@trunkline/contracts';
import { pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.js';

/** One person of a network, known by number, LID or both; merged when the mapping becomes known, never guessed. */
export const mktWapPeople = pgTable(
  'mkt_wap_people',
  {
    id: uuid('id').primaryKey(),
    network: text('network').$type<Network>().notNull(),
    /** Digits, country code first. */
    phone: text('phone'),
    lid: text('lid'),
    pushName: text('push_name'),
    /** Found to be another person: number and LID are there now, and this row only answers for what still points to it. */
    mergedInto: uuid('merged_into'),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    uniqueIndex('mkt_wap_people_phone').on(t.network, t.phone),
    uniqueIndex('mkt_wap_people_lid').on(t.network, t.lid),
  ],
);
