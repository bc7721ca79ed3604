import type { Clock } from '../../../../clock/clock.js';
import type { Sql } from '../../../../database/database.js';
import { Gathered } from '../../../../database/gathered.js';
import { accountsWithRows, type Claimed, dueMessages, type Wanted } from './outbox.repository.js';

/** Reads the outbox for all accounts of a worker. */
export class OutboxDesk {
  readonly #due: Gathered<Wanted, Claimed[]>;
  readonly #rows: Gathered<string, boolean>;

  constructor(sql: Sql, clock: Pick<Clock, 'now'>) {
    this.#due = new Gathered(async (wanted) => {
      const due = await dueMessages(sql, wanted, clock.now());
      return wanted.map(({ accountId }) => due.get(accountId) ?? []);
    });
    this.#rows = new Gathered(async (accountIds) => {
      const found = await accountsWithRows(sql, accountIds);
      return accountIds.map((id) => found.has(id));
    });
  }

  /** What one account has to send next, in order. */
  next(wanted: Wanted): Promise<Claimed[]> {
    return this.#due.ask(wanted);
  }

  /** Whether there is anything that an owner who begins has to look at. */
  hasRows(accountId: string): Promise<boolean> {
    return this.#rows.ask(accountId);
  }
}
