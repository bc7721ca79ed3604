import type { Clock } from '../../../clock/clock.js';
import type { Sql } from '../../../database/database.js';
import { Gathered } from '../../../database/gathered.js';
import { firstWanted } from './profile.due.repository.js';

/** Tells for all accounts of a worker when they have somebody to ask about: many log in at once, and few have. */
export class ProfileDesk {
  readonly #first: Gathered<string, number | undefined>;

  constructor(sql: Sql, clock: Pick<Clock, 'now'>) {
    this.#first = new Gathered(async (accountIds) => {
      const found = await firstWanted(sql, accountIds, clock.now());
      return accountIds.map((id) => found.get(id));
    });
  }

  /** In how many milliseconds: 0 is now, Infinity never. */
  async dueIn(accountId: string): Promise<number> {
    const first = await this.#first.ask(accountId);
    return first === undefined ? Infinity : Math.max(0, first);
  }
}
