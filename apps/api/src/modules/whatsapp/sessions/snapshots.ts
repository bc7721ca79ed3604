/**
 * Copies of sessions at clean points that no event brings about: once a day while an account is connected, and of all
 * before another version of this program runs them. Each is one transaction, so it is of one moment between two commits.
 */
import type { Store } from '../../../database/database.js';
import { readFact, writeFact } from '../../../database/facts.repository.js';
import { transact } from '../../../database/transaction.js';
import { cutSession } from './generation.repository.js';
import { accountsToSnapshot, linkedAccounts } from './snapshot.repository.js';
import type { Vault } from './vault.js';

const DAY_MS = 86_400_000;
/** In one turn; the next follows in minutes. */
const AT_ONCE = 50;

export async function snapshotDaily(store: Store, vault: Vault, now: Date): Promise<void> {
  const after = new Date(now.getTime() - DAY_MS);
  for (const accountId of await accountsToSnapshot(store.pool, after, now, AT_ONCE)) {
    await snapshot(store, vault, accountId, 'daily', now);
  }
}

/** Answers how many; none when this version has run before. */
export async function snapshotBeforeUpgrade(store: Store, vault: Vault, version: string, now: Date): Promise<number> {
  const last = await readFact(store.pool, 'version');
  if (last === version) return 0;
  const accounts = last === undefined ? [] : await linkedAccounts(store.pool);
  for (const accountId of accounts) await snapshot(store, vault, accountId, 'upgrade', now);
  await writeFact(store.pool, 'version', version, now);
  return accounts.length;
}

const snapshot = (
  store: Store,
  vault: Vault,
  accountId: string,
  cause: 'daily' | 'upgrade',
  now: Date,
): Promise<void> => transact(store.pool, (sql) => cutSession(sql, vault, accountId, { keep: true, cause }, now));
