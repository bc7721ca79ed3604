import type { Clock } from '../../../../clock/clock.js';
import type { Sql } from '../../../../database/database.js';
import { Gathered } from '../../../../database/gathered.js';
import { accountsWithTransfers } from './transfer.repository.js';

/** Tells for all accounts of a worker which have a file to move: each is woken with every message, and few messages have files. */
export class TransferDesk {
  readonly #due: Gathered<string, boolean>;

  constructor(sql: Sql, clock: Pick<Clock, 'now'>) {
    this.#due = new Gathered(async (accountIds) => {
      const found = await accountsWithTransfers(sql, accountIds, clock.now());
      return accountIds.map((id) => found.has(id));
    });
  }

  hasDue(accountId: string): Promise<boolean> {
    return this.#due.ask(accountId);
  }
}
