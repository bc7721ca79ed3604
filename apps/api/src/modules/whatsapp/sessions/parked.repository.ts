import { v7 as uuid } from 'uuid';
import type { Sql } from '../../../database/database.js';
import { storableText } from '../../../database/text.js';
import type { Refused } from './entry.js';
import type { Vault } from './vault.js';

/** Keeps what could not be written, so that it can be looked at and written by hand. */
export async function parkEntry(sql: Sql, vault: Vault, entry: Refused, error: unknown, now: Date): Promise<void> {
  const id = uuid();
  const value = Buffer.from(JSON.stringify(entry.data, bytesAsBase64) ?? 'null');
  const sealed = vault.seal({ accountId: entry.accountId, kind: 'parked', id }, value);
  await sql.query(
    `insert into mkt_wap_parked_entries (id, account_id, type, sealed, error, created_at) values ($1, $2, $3, $4, $5, $6)`,
    [id, entry.accountId, entry.type, sealed, storableText(String(error)).slice(0, 2000), now],
  );
}

const bytesAsBase64 = (_key: string, value: unknown): unknown =>
  value instanceof Uint8Array ? { base64: Buffer.from(value).toString('base64') } : value;
