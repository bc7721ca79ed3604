import { randomBytes } from 'node:crypto';
import { beforeEach } from 'vitest';
import { systemClock } from '../../../../clock/clock.js';
import type { SpecDatabase } from '../../../../testing/database.js';
import type { Lease } from '../../../cluster/lease.repository.js';
import type { WorkerIdentity } from '../../../cluster/worker.repository.js';
import { makeWorker, ownAccounts } from '../../testing/account.builder.js';
import { AccountJournal } from '../account.journal.js';
import { mendRecord } from '../broken.record.js';
import { Committer } from '../committer.js';
import type { EntryWriters, Refused } from '../entry.js';
import { RecordCache } from '../record.cache.js';
import { RecordReader } from '../record.reader.js';
import { readAllRecords } from '../record.repository.js';
import { Vault } from '../vault.js';

export const bytes = (text: string) => Buffer.from(text);

/** A worker that owns accounts on a spec's database and makes durable what their journals hold. */
export class JournalWorld {
  readonly vault = new Vault(randomBytes(32));
  /** The lease holds, by our own clock. */
  valid = true;
  /** Accounts of which the database said that another owns them. */
  readonly lost: string[] = [];
  readonly parked: Refused[] = [];
  worker!: WorkerIdentity;
  #committer!: Committer;

  constructor(private readonly database: SpecDatabase) {}

  async start(writers: Partial<EntryWriters>): Promise<void> {
    await this.database.empty('mkt_wap_accounts', 'mkt_wap_workers', 'mkt_wap_events');
    this.worker = await makeWorker(this.database);
    this.#committer = new Committer({
      pool: this.database.pool,
      workerId: this.worker.id,
      vault: this.vault,
      clock: systemClock,
      writers,
      valid: () => this.valid,
      lost: (journal) => {
        this.lost.push(journal.lease.accountId);
        journal.close();
      },
      parked: (entry) => void this.parked.push(entry),
      committed: () => undefined,
    });
  }

  stop(): void {
    this.#committer.stop();
  }

  /** Nothing of it is in memory yet, as after a start. */
  open(lease: Lease): AccountJournal {
    const { pool } = this.database;
    return new AccountJournal(lease, 'sandbox', {
      vault: this.vault,
      cache: new RecordCache(),
      mend: (key, sealed) => mendRecord(pool, this.vault, key, sealed),
      reader: new RecordReader(pool),
      dirty: (journal) => this.#committer.dirty(journal),
      valid: () => this.valid,
    });
  }

  own(count: number): Promise<Lease[]> {
    return ownAccounts(this.database, this.worker, count);
  }

  /** One account of the worker, and its journal. */
  async one(): Promise<{ lease: Lease; journal: AccountJournal }> {
    const [lease] = await this.own(1);
    return { lease: lease!, journal: this.open(lease!) };
  }

  /** What the rows hold: kind, id and text of each record. */
  async stored({ accountId }: Pick<Lease, 'accountId'>): Promise<string[][]> {
    const records = await readAllRecords(this.database.pool, accountId);
    return records.map(({ kind, id, sealed }) => [
      kind,
      id,
      this.vault.open({ accountId, kind, id }, sealed).toString(),
    ]);
  }
}

/** A new one before each test: a getter, since it is not there while the file is collected. */
export function useJournalWorld(
  database: SpecDatabase,
  writersOf: (world: JournalWorld) => Partial<EntryWriters>,
): () => JournalWorld {
  let world: JournalWorld;
  beforeEach(async () => {
    world = new JournalWorld(database);
    await world.start(writersOf(world));
    return () => world.stop();
  });
  return () => world;
}
