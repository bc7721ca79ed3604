import type { Clock } from '../../../../clock/clock.js';
import type { Sql } from '../../../../database/database.js';
import { Gathered } from '../../../../database/gathered.js';
import { firstTransfers } from './transfer.repository.js';

/** Tells for all accounts of a worker when they have a file to move: each is woken with every message, and few have files. */
export class TransferDesk {
  readonly #first: Gathered<string, Date | undefined>;

  constructor(
    sql: Sql,
    private readonly clock: Pick<Clock, 'now'>,
  ) {
    this.#first = new Gathered(async (accountIds) => {
      const found = await firstTransfers(sql, accountIds);
      return accountIds.map((id) => found.get(id));
    });
  }

  /** In how many milliseconds the first file of the account is due, in hand or not: 0 is now, Infinity never. */
  async dueIn(accountId: string): Promise<number> {
    const first = await this.#first.ask(accountId);
    return first ? Math.max(0, first.getTime() - this.clock.now().getTime()) : Infinity;
  }
}
