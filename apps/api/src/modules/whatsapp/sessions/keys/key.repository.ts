import type { Sql, Store } from '../../../../database/database.js';
import { transact } from '../../../../database/transaction.js';

/**
 * `coming`: every process is told of it, and none seals with it. `sealing`: the one that seals. `leaving`: seals no more, and
 * what it sealed is sealed anew. `retired`: nothing that opens is sealed with it; kept here so that it is known again.
 */
export type KeyState = 'coming' | 'sealing' | 'leaving' | 'retired';

export interface VaultKeyRow {
  keyId: string;
  check: Buffer;
  state: KeyState;
}

/** Runs the work with the keys that have sealed something, alone: two first starts must not make two keys. */
export function withVaultKeys<T>(store: Store, work: (sql: Sql, keys: VaultKeyRow[]) => Promise<T>): Promise<T> {
  return transact(store.pool, async (sql) => {
    await sql.query(`select pg_advisory_xact_lock(hashtextextended('trunkline vault', 0))`);
    return work(sql, await vaultKeyRows(sql));
  });
}

export async function vaultKeyRows(sql: Sql): Promise<VaultKeyRow[]> {
  const { rows } = await sql.query(
    `select key_id as "keyId", "check", state from mkt_wap_vault_keys order by created_at, key_id`,
  );
  return rows;
}

export async function insertVaultKey(sql: Sql, key: VaultKeyRow, now: Date): Promise<void> {
  await sql.query(`insert into mkt_wap_vault_keys (key_id, "check", state, created_at) values ($1, $2, $3, $4)`, [
    key.keyId,
    key.check,
    key.state,
    now,
  ]);
}

/** Waits for who holds it (`holdVaultKey`, `reportKeys`); they go on with what it is then. */
export async function setKeyState(sql: Sql, from: KeyState, to: KeyState): Promise<void> {
  await sql.query(`update mkt_wap_vault_keys set state = $2 where state = $1`, [from, to]);
}

export class KeyRetiredError extends Error {
  override name = 'KeyRetiredError';
  override message = 'the key that sealed this was retired meanwhile; nothing was written';
}

/**
 * To be asked in the transaction that writes what was sealed, by whoever holds no lease: the key cannot be retired before
 * that ends. Throws `KeyRetiredError`.
 */
export async function holdVaultKey(sql: Sql, keyId: string): Promise<void> {
  const { rows } = await sql.query(`select state from mkt_wap_vault_keys where key_id = $1 for share`, [keyId]);
  if (rows[0]?.state === 'retired') throw new KeyRetiredError();
}

/** A process that keeps the vault open, and what it does with it. */
export interface KeyReader {
  id: string;
  /** For people: `worker sandbox 1`, with its host. */
  name: string;
  /** Of the key that it seals with. */
  keyId: string;
  /** Of all keys that open there. */
  keyIds: string[];
}

/** Longer than a lease: who has not been heard of for so long can write nothing that a lease guards. */
const READER_SECONDS = 30;

export async function upsertReader(sql: Sql, { id, name, keyId, keyIds }: KeyReader): Promise<void> {
  await sql.query(
    `insert into mkt_wap_vault_readers as r (id, name, key_id, key_ids, expires_at)
     values ($1, $2, $3, $4, clock_timestamp() + make_interval(secs => $5))
     on conflict (id) do update set key_id = excluded.key_id, key_ids = excluded.key_ids, expires_at = excluded.expires_at`,
    [id, name, keyId, keyIds, READER_SECONDS],
  );
}

export async function deleteReader(sql: Sql, id: string): Promise<void> {
  await sql.query(`delete from mkt_wap_vault_readers where id = $1`, [id]);
}

export async function liveReaders(sql: Sql): Promise<KeyReader[]> {
  const { rows } = await sql.query(
    `select id, name, key_id as "keyId", key_ids as "keyIds" from mkt_wap_vault_readers
     where expires_at > clock_timestamp() order by name`,
  );
  return rows;
}

export async function deleteDeadReaders(sql: Sql): Promise<void> {
  await sql.query(`delete from mkt_wap_vault_readers where expires_at < clock_timestamp()`);
}

/** The rows as they are until the transaction ends. */
export async function lockedVaultKeyRows(sql: Sql): Promise<VaultKeyRow[]> {
  const { rows } = await sql.query(
    `select key_id as "keyId", "check", state from mkt_wap_vault_keys order by created_at, key_id for share`,
  );
  return rows;
}

/** False while another process of the installation rotates. Held until the connection ends. */
export async function lockRotation(sql: Sql): Promise<boolean> {
  const { rows } = await sql.query(
    `select pg_try_advisory_lock(hashtextextended('trunkline key rotation', 0)) as mine`,
  );
  return rows[0].mine;
}
