import type { Clock } from '../../../clock/clock.js';
import { isPassing } from '../../../database/failure.js';
import type { AccountJournal } from './account.journal.js';
import {
  CommitUnknownError,
  type CommitTarget,
  LapsedError,
  outcomeOf,
  type Part,
  writeCommit,
} from './commit.writer.js';

const FIRST_RETRY_MS = 50;
const LAST_RETRY_MS = 1_000;

export interface CommitterParts extends CommitTarget {
  clock: Clock;
  /** The database says that another owns the account: concede it. */
  lost(journal: AccountJournal): void;
  /** Something was written: events may wait for their numbers. */
  committed(): void;
}

/**
 * Makes the changes of all accounts of a worker durable (docs/decisions/commits.md). While one transaction is under way,
 * changes gather; the next takes all of them, so that one commit frees many frames of many accounts. Two may be under way
 * at once, never with the same account.
 */
export class Committer {
  readonly #dirty = new Set<AccountJournal>();
  #free: number;
  #scheduled = false;
  #stopped = false;
  readonly #pauses = new Set<() => void>();

  constructor(
    private readonly parts: CommitterParts,
    slots = 2,
  ) {
    this.#free = slots;
  }

  dirty(journal: AccountJournal): void {
    if (this.#stopped || journal.changes.idle) return;
    this.#dirty.add(journal);
    this.#schedule();
  }

  /** Nothing is begun any more; what is under way ends by itself. */
  stop(): void {
    this.#stopped = true;
    this.#dirty.clear();
    for (const wake of this.#pauses) wake();
  }

  /** At the end of this turn, so that everything written in it goes together. */
  #schedule(): void {
    if (this.#scheduled || this.#free === 0) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      void this.#take();
    });
  }

  async #take(): Promise<void> {
    const parts = this.#begin();
    if (parts.length === 0 || this.#free === 0) return;
    this.#free -= 1;
    try {
      await this.#write(parts);
    } finally {
      this.#free += 1;
      if (this.#dirty.size > 0) this.#schedule();
    }
  }

  #begin(): Part[] {
    if (this.#free === 0) return [];
    const journals = [...this.#dirty];
    this.#dirty.clear();
    return journals.flatMap((journal) => {
      const set = journal.changes.begin();
      return set ? [{ journal, set }] : [];
    });
  }

  /** Ends with every part either durable or given up. */
  async #write(all: readonly Part[], careful = false): Promise<void> {
    const parts = all.filter(({ journal }) => !journal.closed);
    if (parts.length === 0) return;
    const held = await this.#try(parts, careful);
    if (held) this.#settle(parts, held);
    else if (this.#over()) return;
    else if (parts.length > 1) {
      const half = Math.ceil(parts.length / 2);
      await this.#write(parts.slice(0, half));
      await this.#write(parts.slice(half));
    } else await this.#write(parts, true);
  }

  /** Until it is written, however long the database is away; undefined when something in it is refused, or all is over. */
  async #try(parts: readonly Part[], careful: boolean): Promise<ReadonlySet<string> | undefined> {
    for (let waitMs = FIRST_RETRY_MS; !this.#over(); waitMs = Math.min(LAST_RETRY_MS, waitMs * 2)) {
      try {
        return await writeCommit(this.parts, parts, this.parts.clock.now(), careful);
      } catch (error) {
        if (error instanceof LapsedError) return undefined;
        if (error instanceof CommitUnknownError && (await this.#happened(error))) return error.held;
        if (!(error instanceof CommitUnknownError) && !isPassing(error) && !careful) return undefined;
        await this.#pause(waitMs);
      }
    }
    return undefined;
  }

  async #happened({ transaction }: CommitUnknownError): Promise<boolean> {
    while (!this.#over()) {
      const outcome = await outcomeOf(this.parts.pool, transaction).catch(() => undefined); // Away still: asked again.
      if (outcome) return outcome === 'committed';
      await this.#pause(FIRST_RETRY_MS);
    }
    return false;
  }

  #settle(parts: readonly Part[], held: ReadonlySet<string>): void {
    for (const { journal, set } of parts) {
      if (journal.closed) continue;
      if (!held.has(journal.lease.accountId)) {
        this.parts.lost(journal);
        continue;
      }
      journal.changes.done();
      for (const { release } of set.waiting) release();
      this.dirty(journal);
    }
    this.parts.committed();
  }

  #over(): boolean {
    return this.#stopped || !this.parts.valid();
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        cancel();
        this.#pauses.delete(wake);
        resolve();
      };
      const cancel = this.parts.clock.setTimeout(wake, ms);
      this.#pauses.add(wake);
    });
  }
}
