import type { Network } from '@trunkline/contracts';
import { sql } from 'drizzle-orm';
import { bigint, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { mktWapAccounts } from './accounts.js';
import { instant } from './columns.js';

/** One row per worker process; its heartbeat renews all its leases at once. Expiry is judged by the database's clock alone. */
export const mktWapWorkers = pgTable('mkt_wap_workers', {
  id: uuid('id').primaryKey(),
  network: text('network').$type<Network>().notNull(),
  host: text('host').notNull(),
  pid: integer('pid').notNull(),
  startedAt: instant('started_at').notNull(),
  expiresAt: instant('expires_at').notNull(),
});

/** Who runs an account: valid while its worker's heartbeat is. The epoch grows with each claim and is compared in every write. */
export const mktWapLeases = pgTable(
  'mkt_wap_leases',
  {
    accountId: uuid('account_id')
      .primaryKey()
      .references(() => mktWapAccounts.id, { onDelete: 'cascade' }),
    owner: uuid('owner'),
    epoch: bigint('epoch', { mode: 'number' }).notNull(),
    claimedAt: instant('claimed_at').notNull(),
  },
  (t) => [index('mkt_wap_leases_owner').on(t.owner)],
);

/** Duties that one process of the installation has at a time, such as the numberer. */
export const mktWapDuties = pgTable('mkt_wap_duties', {
  duty: text('duty').primaryKey(),
  owner: uuid('owner').notNull(),
  epoch: bigint('epoch', { mode: 'number' }).notNull(),
  expiresAt: instant('expires_at').notNull(),
});

/** What a person or program asked of an account: with a deadline and an answer, each safe to run twice. */
export const mktWapCommands = pgTable(
  'mkt_wap_commands',
  {
    id: uuid('id').primaryKey(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => mktWapAccounts.id, { onDelete: 'cascade' }),
    verb: text('verb').notNull(),
    input: jsonb('input').notNull(),
    createdAt: instant('created_at').notNull(),
    deadline: instant('deadline').notNull(),
    answeredAt: instant('answered_at'),
    /** `{ ok: true, … }` or `{ ok: false, code, message }`. */
    answer: jsonb('answer'),
  },
  (t) => [
    index('mkt_wap_commands_open')
      .on(t.accountId, t.createdAt)
      .where(sql`${t.answeredAt} is null`),
    index('mkt_wap_commands_age').on(t.createdAt),
  ],
);

/**
 * The hours of the wall clock in which this installation was up, as its own heartbeats say. A jump of the clock passes over
 * hours that are not here, so nothing that is counted in them runs out by it.
 */
export const mktWapLivedHours = pgTable('mkt_wap_lived_hours', {
  hour: instant('hour').primaryKey(),
});
