import type { Store } from '../../../database/database.js';
import { StartError } from '../../../processes/start-error.js';
import { KEY_FILE, type KeySource, makeKeyFile, readVaultKeys } from './keys/key.file.js';
import { insertVaultKey, type VaultKeyRow, withVaultKeys } from './keys/key.repository.js';
import { keyIdOf, SealBrokenError, Vault } from './vault.js';

const CHECK = { accountId: 'installation', kind: 'check', id: 'check' };
const TEXT = Buffer.from('trunkline vault');

/** Proves the key of a row, without telling it. */
export const sealCheck = (key: Buffer): Buffer => new Vault(key).seal(CHECK, TEXT);

/**
 * Opens the vault with the keys that belong to this database. A key is made only while the database holds nothing sealed; a
 * start without the right ones throws `StartError`, and neither makes nor changes anything.
 */
export function openVault(store: Store, source: KeySource, now: Date): Promise<Vault> {
  return withVaultKeys(store, async (sql, known) => {
    const keys = readVaultKeys(source);
    if (known.length > 0) return rightVault(keys, known, source.dataDir);
    const [first, ...others] = keys.length > 0 ? keys : makeKeyFile(source);
    const vault = new Vault(first!, ...others);
    await insertVaultKey(sql, { keyId: vault.keyId, check: sealCheck(first!), state: 'sealing' }, now);
    return vault;
  });
}

/** Without those that have something sealed nothing of it opens; one that is only coming may be late. */
const isNeeded = ({ state }: VaultKeyRow): boolean => state === 'sealing' || state === 'leaving';

function rightVault(keys: readonly Buffer[], known: readonly VaultKeyRow[], dataDir: string): Vault {
  if (keys.length === 0) {
    throw new StartError(
      `The database holds sealed sessions and their key is missing. Put ${KEY_FILE} back into ${dataDir}, or set ` +
        'TRUNKLINE_VAULT_KEY. Nothing was changed.',
    );
  }
  const needed = known.filter(isNeeded);
  const mine = usable(keys, known);
  const vault = mine[0] && new Vault(...(mine as [Buffer, ...Buffer[]]));
  const sealing = needed.find(({ state }) => state === 'sealing')!;
  if (vault && needed.every((row) => proves(vault, row)) && vault.adopt(mine, sealing.keyId)) return vault;
  throw new StartError(
    `The database was sealed with the key ${needed.map(({ keyId }) => keyId).join(' and ')}, and this start has the key ` +
      `${keys.map(keyIdOf).join(' and ')}. Start with the right ${KEY_FILE} or TRUNKLINE_VAULT_KEY. Nothing was changed.`,
  );
}

/** Those that were not retired. */
export const usable = (keys: readonly Buffer[], known: readonly VaultKeyRow[]): Buffer[] =>
  keys.filter((key) => known.find(({ keyId }) => keyId === keyIdOf(key))?.state !== 'retired');

function proves(vault: Vault, row: VaultKeyRow): boolean {
  try {
    return vault.keyIds.includes(row.keyId) && vault.open(CHECK, row.check).equals(TEXT);
  } catch (error) {
    if (error instanceof SealBrokenError) return false;
    throw error;
  }
}
