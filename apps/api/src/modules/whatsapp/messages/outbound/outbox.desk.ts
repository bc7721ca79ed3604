import type { Clock } from '../../../../clock/clock.js';
import type { Sql } from '../../../../database/database.js';
import { type Claimed, dueMessages, type Wanted } from './outbox.repository.js';

interface Asking extends Wanted {
  resolve(messages: Claimed[]): void;
  reject(error: unknown): void;
}

/**
 * Reads the outbox for all accounts of a worker: those that ask while a statement is under way are answered by the next
 * one together, so that the busier the worker is, the fewer statements each message costs.
 */
export class OutboxDesk {
  #asking: Asking[] = [];
  #reading = false;

  constructor(
    private readonly sql: Sql,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /** What one account has to send next, in order. */
  next(wanted: Wanted): Promise<Claimed[]> {
    return new Promise((resolve, reject) => {
      this.#asking.push({ ...wanted, resolve, reject });
      if (!this.#reading) void this.#read();
    });
  }

  async #read(): Promise<void> {
    this.#reading = true;
    // At the end of this turn, so that all who were woken by one thing ask together.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#asking.length > 0) await this.#answer(this.#asking.splice(0));
    this.#reading = false;
  }

  async #answer(asking: readonly Asking[]): Promise<void> {
    try {
      const due = await dueMessages(this.sql, asking, this.clock.now());
      for (const { accountId, resolve } of asking) resolve(due.get(accountId) ?? []);
    } catch (error) {
      for (const { reject } of asking) reject(error);
    }
  }
}
