import type { HealthFinding, Network } from '@trunkline/contracts';
import { index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.js';

/** What is to be done now and then by one process of the installation: when it is due next, so that a restart skips nothing. */
export const mktWapSchedules = pgTable('mkt_wap_schedules', {
  name: text('name').primaryKey(),
  dueAt: instant('due_at').notNull(),
});

/** One look at everything (R1.3), and what it found. */
export const mktWapHealthRuns = pgTable(
  'mkt_wap_health_runs',
  {
    id: uuid('id').primaryKey(),
    startedAt: instant('started_at').notNull(),
    finishedAt: instant('finished_at').notNull(),
    /** How many accounts there were to look at. */
    accounts: integer('accounts').notNull(),
    findings: jsonb('findings').$type<HealthFinding[]>().notNull(),
  },
  (t) => [index('mkt_wap_health_runs_started').on(t.startedAt)],
);

/** The version of WhatsApp Web that a network took last; it counts when it is newer than the one we come with (failure 405). */
export const mktWapClientVersions = pgTable('mkt_wap_client_versions', {
  network: text('network').$type<Network>().primaryKey(),
  version: text('version').notNull(),
  workedAt: instant('worked_at').notNull(),
});
