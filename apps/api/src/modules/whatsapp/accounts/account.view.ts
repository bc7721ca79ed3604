import type { Account, AccountState } from '@trunkline/contracts';
import type { mktWapAccounts } from '../../../database/schema/accounts.js';

export type AccountRow = typeof mktWapAccounts.$inferSelect;

/** @param live whether a live worker owns the account: without one nothing is connected, whatever the row still says */
export function toAccount(row: AccountRow, live: boolean): Account {
  return {
    id: row.id,
    network: row.network,
    name: row.name,
    phoneNumber: row.phoneNumber,
    phoneNumberSource: row.phoneNumberSource,
    numberConflict: row.conflictPhoneNumber
      ? { phoneNumber: row.conflictPhoneNumber, accountId: row.conflictAccountId }
      : null,
    pushName: row.pushName,
    notes: row.notes,
    statusNote: row.statusNote,
    state: toState(row, live),
    linkedAt: iso(row.linkedAt),
    lastConnectedAt: iso(row.lastConnectedAt),
    lastDisconnectedAt: iso(row.lastDisconnectedAt),
    lastSeenConnectedAt: iso(row.lastSeenConnectedAt),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

export function toState(row: AccountRow, live: boolean): AccountState {
  return {
    wanted: row.wanted,
    status: row.status,
    connection: row.connection === 'offline' || live ? row.connection : 'reconnecting',
    reason: row.reason,
    userAction: row.userAction,
    since: row.since.toISOString(),
    deadline: iso(row.deadline),
    attempt: row.attempt,
    nextAttemptAt: iso(row.nextAttemptAt),
  };
}

const iso = (at: Date | null): string | null => at && at.toISOString();
