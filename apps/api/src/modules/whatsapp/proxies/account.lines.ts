import type { Sql } from '../../../database/database.js';
import type { Line } from '../engines/line.js';
import type { Vault } from '../sessions/vault.js';
import { proxyLine } from './line/proxy.line.js';
import { proxyOfAccount } from './proxy.repository.js';
import { addressOf } from './proxy.seal.js';

/** How accounts reach their network, as it is settled at the moment when it is asked. */
export class AccountLines {
  constructor(
    private readonly sql: Sql,
    private readonly vault: Vault,
  ) {}

  /** Undefined: straight. Rejects when that cannot be told now, or its proxy cannot be used: then nothing may be sent. */
  async of(accountId: string): Promise<Line | undefined> {
    const row = await proxyOfAccount(this.sql, accountId);
    return row && proxyLine(addressOf(this.vault, row));
  }
}
