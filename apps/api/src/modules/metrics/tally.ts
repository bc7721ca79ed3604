import type { Network } from '@trunkline/contracts';
import type { Clock } from '../../clock/clock.js';
import type { Sql } from '../../database/database.js';
import type { Count, CountOne } from './counter.js';
import { addCounts } from './counter.repository.js';

/** What a worker has counted and not yet handed in. What a crash takes with it is a few seconds' worth. */
export class Tally {
  #counts = new Map<string, Count>();
  #writing: Promise<void> | undefined;

  constructor(
    private readonly sql: Sql,
    private readonly network: Network,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  readonly count: CountOne = (name, label) => this.#add({ network: this.network, name, label, value: 1 });

  /** Hands it in; what cannot be written now is handed in with the next. Never rejects. */
  write(): Promise<void> {
    return (this.#writing ??= this.#write().finally(() => (this.#writing = undefined)));
  }

  async #write(): Promise<void> {
    const counts = [...this.#counts.values()];
    if (counts.length === 0) return;
    this.#counts = new Map();
    await addCounts(this.sql, counts, this.clock.now()).catch(() => counts.forEach((count) => this.#add(count)));
  }

  #add(count: Count): void {
    const key = `${count.name} ${count.label}`;
    const known = this.#counts.get(key);
    this.#counts.set(key, { ...count, value: count.value + (known?.value ?? 0) });
  }
}
