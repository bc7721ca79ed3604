import type { Sql, Store } from '../../../database/database.js';
import { transact } from '../../../database/transaction.js';

export interface VaultKeyRow {
  keyId: string;
  check: Buffer;
}

/** Runs the work with the keys that have sealed something, alone: two first starts must not make two keys. */
export function withVaultKeys<T>(store: Store, work: (sql: Sql, keys: VaultKeyRow[]) => Promise<T>): Promise<T> {
  return transact(store.pool, async (sql) => {
    await sql.query(`select pg_advisory_xact_lock(hashtextextended('trunkline vault', 0))`);
    const { rows } = await sql.query(`select key_id as "keyId", "check" from mkt_wap_vault_keys`);
    return work(sql, rows);
  });
}

export async function insertVaultKey(sql: Sql, key: VaultKeyRow, now: Date): Promise<void> {
  await sql.query(`insert into mkt_wap_vault_keys (key_id, "check", created_at) values ($1, $2, $3)`, [
    key.keyId,
    key.check,
    now,
  ]);
}
