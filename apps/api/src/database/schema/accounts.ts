import type { AccountStatus, Connection, Network, Reason, UserAction, Wanted } from '@trunkline/contracts';
import { sql } from 'drizzle-orm';
import { bigint, boolean, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.js';

/**
 * The WhatsApp numbers we run. `wanted`, `status` and `connection` are three values and never mixed; deadlines are columns,
 * so that a restart loses none. Written by the owner of the account's lease; people's wishes arrive as commands.
 */
export const mktWapAccounts = pgTable(
  'mkt_wap_accounts',
  {
    id: uuid('id').primaryKey(),
    network: text('network').$type<Network>().notNull(),
    name: text('name').notNull(),
    /** E.164 with `+`. */
    phoneNumber: text('phone_number'),
    phoneNumberSource: text('phone_number_source').$type<'engine' | 'manual'>(),
    /** The number of another phone than before, or of another account's, that was linked here; a person is asked, or it leaves. */
    conflictPhoneNumber: text('conflict_phone_number'),
    /** The other account of that number. */
    conflictAccountId: uuid('conflict_account_id'),
    lid: text('lid'),
    pushName: text('push_name'),
    notes: text('notes'),
    statusNote: text('status_note'),
    wanted: text('wanted').$type<Wanted>().notNull().default('offline'),
    /** Of the lease under which the state was written: what an earlier owner wrote says nothing about now. */
    epoch: bigint('epoch', { mode: 'number' }).notNull().default(0),
    status: text('status').$type<AccountStatus>().notNull().default('inactive'),
    connection: text('connection').$type<Connection>().notNull().default('offline'),
    reason: text('reason').$type<Reason>().notNull().default('none'),
    userAction: text('user_action').$type<UserAction>(),
    since: instant('since').notNull(),
    /** When the linking under way began: what its five minutes count from (R2.1). */
    linkingSince: instant('linking_since'),
    /** When the owner or the sweeper acts (R1.4, R2.1); see the account machine for what it does. */
    deadline: instant('deadline'),
    deadlineKind: text('deadline_kind').$type<'linking' | 'phone_number'>(),
    attempt: integer('attempt').notNull().default(0),
    nextAttemptAt: instant('next_attempt_at'),
    /** A linked session is in the vault. */
    linked: boolean('linked').notNull().default(false),
    /** Verified once since linking: what makes an account `active` for good. */
    verifiedAt: instant('verified_at'),
    linkedAt: instant('linked_at'),
    authenticatedAt: instant('authenticated_at'),
    /** Where the session came from, until WhatsApp has said for the first time that it runs in another place too. */
    copiedFrom: text('copied_from').$type<'backup' | 'import'>(),
    lastConnectedAt: instant('last_connected_at'),
    lastDisconnectedAt: instant('last_disconnected_at'),
    /** Renewed while connected; what "older than 14 days" counts from (R3.2). */
    lastSeenConnectedAt: instant('last_seen_connected_at'),
    /** Until when the governor lets nothing leave, as the outbox found it; null while messages go. */
    sendsAgainAt: instant('sends_again_at'),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
    deletedAt: instant('deleted_at'),
  },
  (t) => [
    uniqueIndex('mkt_wap_accounts_phone_number')
      .on(t.network, t.phoneNumber)
      .where(sql`${t.deletedAt} is null`),
    index('mkt_wap_accounts_wanted').on(t.network, t.wanted),
    index('mkt_wap_accounts_deadline')
      .on(t.deadline)
      .where(sql`${t.deadline} is not null`),
    index('mkt_wap_accounts_created').on(t.createdAt, t.id),
  ],
);
