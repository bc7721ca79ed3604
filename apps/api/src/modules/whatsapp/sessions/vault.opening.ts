import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Store } from '../../../database/database.js';
import { StartError } from '../../../processes/start-error.js';
import { SealBrokenError, Vault } from './vault.js';
import { insertVaultKey, type VaultKeyRow, withVaultKeys } from './vault.repository.js';

const FILE = 'vault.key';
const CHECK = { accountId: 'installation', kind: 'check', id: 'check' };
const TEXT = Buffer.from('trunkline vault');

/** Where the key comes from: the environment, or a file in the data folder. */
export interface KeySource {
  /** 32 bytes of `TRUNKLINE_VAULT_KEY`. */
  key?: Buffer | undefined;
  dataDir: string;
}

/**
 * Opens the vault with the one key that belongs to this database. A key is made only while the database holds nothing
 * sealed; a start without the right one throws `StartError`, and neither makes nor changes anything.
 */
export function openVault(store: Store, source: KeySource, now: Date): Promise<Vault> {
  return withVaultKeys(store, async (sql, known) => {
    const key = readVaultKey(source);
    if (known.length > 0) return rightVault(key, known, source.dataDir);
    const vault = new Vault(key ?? makeKeyFile(source.dataDir));
    await insertVaultKey(sql, { keyId: vault.keyId, check: vault.seal(CHECK, TEXT) }, now);
    return vault;
  });
}

/** Undefined when there is none. Throws `StartError` when the file holds something else. */
export const readVaultKey = ({ key, dataDir }: KeySource): Buffer | undefined => key ?? readKeyFile(dataDir);

function rightVault(key: Buffer | undefined, known: readonly VaultKeyRow[], dataDir: string): Vault {
  if (!key) {
    throw new StartError(
      `The database holds sealed sessions and their key is missing. Put ${FILE} back into ${dataDir}, or set ` +
        'TRUNKLINE_VAULT_KEY. Nothing was changed.',
    );
  }
  const vault = new Vault(key);
  const row = known.find(({ keyId }) => keyId === vault.keyId);
  if (row && opens(vault, row)) return vault;
  throw new StartError(
    `The database was sealed with the key ${known.map(({ keyId }) => keyId).join(' or ')}, and this start has the key ` +
      `${vault.keyId}. Start with the right ${FILE} or TRUNKLINE_VAULT_KEY. Nothing was changed.`,
  );
}

function opens(vault: Vault, row: VaultKeyRow): boolean {
  try {
    return vault.open(CHECK, row.check).equals(TEXT);
  } catch (error) {
    if (error instanceof SealBrokenError) return false;
    throw error;
  }
}

function readKeyFile(dataDir: string): Buffer | undefined {
  const path = join(dataDir, FILE);
  const text = readIfThere(path)?.trim();
  if (text === undefined) return undefined;
  if (!/^[0-9a-f]{64}$/i.test(text)) throw new StartError(`${path} is not a vault key: it must hold 32 bytes in hex.`);
  return Buffer.from(text, 'hex');
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new StartError(`${path} cannot be read: ${(error as Error).message}.`);
  }
}

const makeKeyFile = (dataDir: string): Buffer => writeKeyFile(dataDir, randomBytes(32));

/** On the disk before anything is sealed with it. Never over another. */
export function writeKeyFile(dataDir: string, key: Buffer): Buffer {
  const file = openSync(join(dataDir, FILE), 'wx', 0o600);
  try {
    writeSync(file, `${key.toString('hex')}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  return key;
}
