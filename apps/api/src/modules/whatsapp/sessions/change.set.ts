import type { GenerationCause } from '@trunkline/contracts';
import type { Entry } from './entry.js';
import type { RecordKind } from './journal.js';

export interface Change {
  kind: RecordKind;
  id: string;
  /** null deletes. */
  value: Uint8Array | null;
}

/**
 * Done to the whole session after the records of the set: put a copy aside (`keep`), put it aside and begin with none, or
 * (`restore`) with the last good copy, if there is one, or with the one that a person chose.
 */
export interface Cut {
  keep: boolean;
  cause: GenerationCause;
  restore?: 'newest' | { generationId: string };
}

export const changeKey = (kind: RecordKind, id: string): string => `${kind} ${id}`;

/** What is written together, and who waits for it. */
export class ChangeSet {
  readonly records = new Map<string, Change>();
  readonly entries: Entry[] = [];
  readonly waiting: { release: () => void; refuse?: (error: Error) => void }[] = [];
  /** Closes the set: what follows belongs to the next. */
  cut: Cut | undefined;

  get empty(): boolean {
    return this.records.size === 0 && this.entries.length === 0 && this.cut === undefined;
  }
}

/** The sets of one account, oldest first; the first may be under way. */
export class ChangeQueue {
  #sets: ChangeSet[] = [];
  #underWay = false;

  /** The set that takes the next change. */
  get open(): ChangeSet {
    const last = this.#sets.at(-1);
    if (last && !last.cut && !(this.#underWay && this.#sets.length === 1)) return last;
    const set = new ChangeSet();
    this.#sets.push(set);
    return set;
  }

  /** Calls back after everything that was written so far; at once when nothing is waiting. */
  wait(release: () => void, refuse?: (error: Error) => void): void {
    const last = this.#sets.at(-1);
    if (last) last.waiting.push({ release, refuse });
    else release();
  }

  /** The newest change of a record that is not durable yet; `fresh` when the session was cut since and has none. */
  find(key: string): Change | 'fresh' | undefined {
    for (const set of this.#sets.toReversed()) {
      if (set.cut && !set.cut.keep) return 'fresh';
      const change = set.records.get(key);
      if (change) return change;
    }
    return undefined;
  }

  get idle(): boolean {
    return this.#sets.length === 0 || this.#underWay;
  }

  /** Begins the first set; undefined when there is none, or one is under way. */
  begin(): ChangeSet | undefined {
    if (this.idle) return undefined;
    this.#underWay = true;
    return this.#sets[0];
  }

  /** The set under way is durable. */
  done(): void {
    this.#underWay = false;
    this.#sets.shift();
  }

  /** Everything is given up. */
  drop(error: Error): void {
    const sets = this.#sets;
    this.#sets = [];
    this.#underWay = false;
    for (const set of sets) for (const { refuse } of set.waiting) refuse?.(error);
  }
}
