import type { Network } from '@trunkline/contracts';
import type { Sql } from '../../../database/database.js';
import type { EntryData } from '../accounts/supervisor/account.entries.js';

export type EntryType = keyof EntryData;

/** Whose an entry is. */
export interface EntryOf {
  accountId: string;
  network: Network;
}

/**
 * Something about an account that is to be written in the same transaction as the session's records: its type says which
 * writer it is for, and what its data is.
 */
export type Entry<T extends EntryType = EntryType> = { [K in T]: EntryOf & { type: K; data: EntryData[K] } }[T];

/** A type and its own data, as arguments: no other pair is taken. */
export type TypeAndData<T extends EntryType = EntryType> = { [K in T]: [type: K, data: EntryData[K]] }[T];

/** An entry, or a record or cut of a session, that the database refused. */
export interface Refused extends EntryOf {
  type: EntryType | 'record' | 'cut';
  data: unknown;
}

/**
 * Writes all entries of one type of one commit, of many accounts, in the order in which they were made for each account.
 * Must do nothing when run again on what it has written: a commit whose outcome is not known is repeated.
 */
export type EntryWriter<T extends EntryType = EntryType> = (
  sql: Sql,
  entries: readonly Entry<T>[],
  now: Date,
) => Promise<void>;

/** By type, in the order in which they run. */
export type EntryWriters = { readonly [T in EntryType]: EntryWriter<T> };

/** Types in the order of the writers, each with all of its entries. */
export async function writeEntries(
  sql: Sql,
  writers: Partial<EntryWriters>,
  entries: readonly Entry[],
  now: Date,
): Promise<void> {
  const byType = Map.groupBy(entries, ({ type }) => type);
  for (const type of Object.keys(writers) as EntryType[]) {
    const ofType = byType.get(type);
    // The map of writers says that each takes its own type, and these are of it.
    if (ofType) await (writers[type] as EntryWriter)(sql, ofType, now);
  }
}
