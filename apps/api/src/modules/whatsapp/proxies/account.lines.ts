import type { Sql } from '../../../database/database.js';
import { Gathered } from '../../../database/gathered.js';
import type { Line } from '../engines/line.js';
import type { Vault } from '../sessions/vault.js';
import { proxyLine } from './line/proxy.line.js';
import { proxiesOfAccounts } from './proxy.repository.js';
import type { ProxyRow } from './proxy.view.js';
import { addressOf } from './proxy.seal.js';

/** How accounts reach their network, as it is settled at the moment when it is asked. */
export class AccountLines {
  readonly #proxies: Gathered<string, ProxyRow | undefined>;

  constructor(
    sql: Sql,
    private readonly vault: Vault,
  ) {
    this.#proxies = new Gathered(async (accountIds) => {
      const found = await proxiesOfAccounts(sql, accountIds);
      return accountIds.map((id) => found.get(id));
    });
  }

  /** Undefined: straight. Rejects when that cannot be told now, or its proxy cannot be used: then nothing may be sent. */
  async of(accountId: string): Promise<Line | undefined> {
    const row = await this.#proxies.ask(accountId);
    return row && proxyLine(addressOf(this.vault, row));
  }
}
