import type { EventName } from '@trunkline/contracts';
import { sql } from 'drizzle-orm';
import { bigint, bigserial, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bytea, instant } from './columns.js';

/**
 * The event log. A row commits with its change, unnumbered (`position` null); the numberer gives it `position`, one order
 * for the installation, and `sequence`, per account. Consumers read numbered rows only. Each index holds the rows of one of
 * the two states, and there is no primary key: a row is in one index when it comes and in two when it has its number.
 */
export const mktWapEvents = pgTable(
  'mkt_wap_events',
  {
    /** Order of insertion; used by the numberer alone. */
    row: bigserial('row', { mode: 'number' }).notNull(),
    id: uuid('id').notNull(),
    position: bigint('position', { mode: 'number' }),
    sequence: bigint('sequence', { mode: 'number' }),
    accountId: uuid('account_id'),
    event: text('event').$type<EventName>().notNull(),
    payload: jsonb('payload').notNull(),
    timestamp: instant('timestamp').notNull(),
  },
  (t) => [
    uniqueIndex('mkt_wap_events_numbered')
      .on(t.position)
      .where(sql`${t.position} is not null`),
    index('mkt_wap_events_numbered_account')
      .on(t.accountId, t.position)
      .where(sql`${t.position} is not null`),
    index('mkt_wap_events_unnumbered')
      .on(t.row)
      .where(sql`${t.position} is null`),
  ],
);

/** One row: the last position given. Locked by the numberer while it numbers, so that two could do no harm. */
export const mktWapEventCounter = pgTable('mkt_wap_event_counter', {
  id: integer('id').primaryKey(),
  position: bigint('position', { mode: 'number' }).notNull(),
});

export const mktWapEventSequences = pgTable('mkt_wap_event_sequences', {
  accountId: uuid('account_id').primaryKey(),
  sequence: bigint('sequence', { mode: 'number' }).notNull(),
});

/** QR texts and pairing codes: sealed, short-lived, never in the log; an event carries the id alone. */
export const mktWapSecrets = pgTable(
  'mkt_wap_secrets',
  {
    id: uuid('id').primaryKey(),
    accountId: uuid('account_id').notNull(),
    kind: text('kind').$type<'qr' | 'pairing_code'>().notNull(),
    sealed: bytea('sealed').notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (t) => [
    index('mkt_wap_secrets_account').on(t.accountId, t.kind, t.createdAt),
    index('mkt_wap_secrets_expiry').on(t.expiresAt),
  ],
);
