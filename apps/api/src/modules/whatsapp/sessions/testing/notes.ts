import { beforeEach } from 'vitest';
import type { SpecDatabase } from '../../../../testing/database.js';
import type { Lease } from '../../../cluster/lease.repository.js';
import type { AccountJournal } from '../account.journal.js';
import type { Entry, EntryWriter } from '../entry.js';
import { type JournalWorld, useJournalWorld } from './journal.world.js';

/** A line of a trace, which says what it is. */
export const note = (journal: Pick<AccountJournal, 'write'>, line: string): void =>
  journal.write('trace', { traceId: '', n: 0, at: new Date(0), line, node: {} });

/** Journals whose notes become rows, and of which some make trouble on the way. */
export function useNotes(database: SpecDatabase) {
  let batches: Entry[][];
  beforeEach(() => void (batches = []));
  const write =
    (world: JournalWorld): EntryWriter<'trace'> =>
    async (sql, entries) => {
      batches.push([...entries]);
      for (const { data } of entries) {
        if (data.line === 'poison') await sql.query('select 1/0');
        if (data.line === 'fault') throw new TypeError('a fault of ours');
        if (data.line === 'lapse') world.valid = false;
      }
      await sql.query(
        `insert into mkt_wap_secrets (id, account_id, kind, sealed, created_at, expires_at)
         select gen_random_uuid(), a, 'qr', '', now(), now() from unnest($1::uuid[]) as a`,
        [entries.map(({ accountId }) => accountId)],
      );
    };
  const world = useJournalWorld(database, (of) => ({ trace: write(of) }));
  return {
    world,
    /** What each transaction was given. */
    batches: () => batches,
    /** How many rows there are of the account. */
    count: async ({ accountId }: Lease): Promise<number> =>
      (await database.pool.query('select count(*) as n from mkt_wap_secrets where account_id = $1', [accountId]))
        .rows[0].n,
  };
}
