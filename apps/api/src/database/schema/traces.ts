import { index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { mktWapAccounts } from './accounts.js';
import { instant } from './columns.js';

/** Somebody asked to see what an account and the network say to each other, for a while. */
export const mktWapTraces = pgTable(
  'mkt_wap_traces',
  {
    id: uuid('id').primaryKey(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => mktWapAccounts.id, { onDelete: 'cascade' }),
    startedAt: instant('started_at').notNull(),
    endsAt: instant('ends_at').notNull(),
  },
  (t) => [index('mkt_wap_traces_account').on(t.accountId, t.startedAt)],
);

/** One node, redacted before it was written: no text, no key, no number of a person is in it. */
export const mktWapTraceLines = pgTable(
  'mkt_wap_trace_lines',
  {
    traceId: uuid('trace_id')
      .notNull()
      .references(() => mktWapTraces.id, { onDelete: 'cascade' }),
    n: integer('n').notNull(),
    at: instant('at').notNull(),
    /** As `conformance/capture` writes it: `C` is from us, `S` from the server. */
    line: text('line').notNull(),
    /** The whole node with every value masked. */
    node: jsonb('node').notNull(),
  },
  (t) => [primaryKey({ columns: [t.traceId, t.n] })],
);
