import type { Network } from '@trunkline/contracts';
import type { Sql } from '../../../database/database.js';

/** Something about an account that is to be written in the same transaction as the session's records. Plain data. */
export interface Entry<T = unknown> {
  /** Which writer it is for. */
  type: string;
  accountId: string;
  network: Network;
  data: T;
}

/**
 * Writes all entries of one type of one commit, of many accounts, in the order in which they were made for each account.
 * Must do nothing when run again on what it has written: a commit whose outcome is not known is repeated.
 */
export type EntryWriter = (sql: Sql, entries: readonly Entry[], now: Date) => Promise<void>;

/** By type, in the order in which they run. */
export type EntryWriters = ReadonlyMap<string, EntryWriter>;
