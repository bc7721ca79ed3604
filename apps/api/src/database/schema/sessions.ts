import type { GenerationCause } from '@trunkline/contracts';
import type { RecordKind } from '../../modules/whatsapp/sessions/journal.js';
import type { KeyState } from '../../modules/whatsapp/sessions/keys/key.repository.js';
import { index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { mktWapAccounts } from './accounts.js';
import { bytea, instant } from './columns.js';

/** Credentials and Signal keys, one sealed record per row, bound to account, kind and record id by the seal. */
export const mktWapSessionRecords = pgTable(
  'mkt_wap_session_records',
  {
    accountId: uuid('account_id')
      .notNull()
      .references(() => mktWapAccounts.id, { onDelete: 'cascade' }),
    kind: text('kind').$type<RecordKind>().notNull(),
    recordId: text('record_id').notNull(),
    sealed: bytea('sealed').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.kind, t.recordId] }),
    index('mkt_wap_session_records_age').on(t.kind, t.updatedAt),
  ],
);

/** Whole sessions as they were: snapshots at clean points, and what a reset or a logout put away. */
export const mktWapSessionGenerations = pgTable(
  'mkt_wap_session_generations',
  {
    id: uuid('id').primaryKey(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => mktWapAccounts.id, { onDelete: 'cascade' }),
    number: integer('number').notNull(),
    cause: text('cause').$type<GenerationCause>().notNull(),
    /** The records of the session, serialized and sealed as one. */
    sealed: bytea('sealed').notNull(),
    recordCount: integer('record_count').notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at'),
  },
  (t) => [index('mkt_wap_session_generations_account').on(t.accountId, t.number)],
);

/**
 * What the database refused to write for one account (a fault of ours, or data that nobody foresaw): kept, so that it can
 * be written by hand, and the account goes on without it.
 */
export const mktWapParkedEntries = pgTable(
  'mkt_wap_parked_entries',
  {
    id: uuid('id').primaryKey(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => mktWapAccounts.id, { onDelete: 'cascade' }),
    type: text('type').notNull(),
    /** The entry as JSON. */
    sealed: bytea('sealed').notNull(),
    error: text('error').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [index('mkt_wap_parked_entries_account').on(t.accountId, t.createdAt)],
);

/** Which vault keys have sealed something: a start without the right key stops and destroys nothing. */
export const mktWapVaultKeys = pgTable('mkt_wap_vault_keys', {
  /** First 16 hex characters of SHA-256 of the key. */
  keyId: text('key_id').primaryKey(),
  /** A known text sealed with it, to prove the key. */
  check: bytea('check').notNull(),
  state: text('state').$type<KeyState>().notNull().default('sealing'),
  createdAt: instant('created_at').notNull(),
});

/** Processes that keep the vault open, while they are heard of: a key is switched only when each of them has it. */
export const mktWapVaultReaders = pgTable('mkt_wap_vault_readers', {
  id: uuid('id').primaryKey(),
  name: text('name').notNull(),
  keyId: text('key_id').notNull(),
  keyIds: text('key_ids').array().notNull(),
  expiresAt: instant('expires_at').notNull(),
});

/**
 * Records of sessions that did not open while an account was running: kept as they were, so that they can be looked at, and
 * the session went on with another or without.
 */
export const mktWapBrokenRecords = pgTable(
  'mkt_wap_broken_records',
  {
    id: uuid('id').primaryKey(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => mktWapAccounts.id, { onDelete: 'cascade' }),
    kind: text('kind').$type<RecordKind>().notNull(),
    recordId: text('record_id').notNull(),
    sealed: bytea('sealed').notNull(),
    /** `key`: sealed with another key. `moved`: it is another record's. `changed`: its bytes are not those that were sealed. */
    why: text('why').$type<'key' | 'moved' | 'changed'>().notNull(),
    /** What took its place. */
    mend: text('mend').$type<'restored' | 'dropped'>().notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [index('mkt_wap_broken_records_account').on(t.accountId, t.createdAt)],
);

/** What the installation remembers of itself, by name: which version ran last, and the like. */
export const mktWapFacts = pgTable('mkt_wap_facts', {
  name: text('name').primaryKey(),
  value: text('value').notNull(),
  at: instant('at').notNull(),
});
