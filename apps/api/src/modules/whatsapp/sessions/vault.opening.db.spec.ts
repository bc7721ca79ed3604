import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useDatabase } from '../../../testing/database.js';
import { openVault } from './vault.opening.js';

describe('opening the vault', () => {
  const database = useDatabase();
  let dataDir: string;
  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'trunkline-vault-'));
    await database.pool.query('delete from mkt_wap_vault_keys');
  });
  afterEach(() => rmSync(dataDir, { recursive: true }));
  const open = (key?: Buffer) => openVault(database, { dataDir, keys: key && [key] }, new Date());
  const file = () => join(dataDir, 'vault.key');

  it('makes a key file that only its owner reads, once', async () => {
    const [one, two] = await Promise.all([open(), open()]);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(two.keyId).toBe(one.keyId);
    expect((await open()).keyId).toBe(one.keyId);
  });

  it('makes a key also where one was begun when the machine stopped', async () => {
    writeFileSync(file(), '');
    const { keyId } = await open();
    expect((await open()).keyId).toBe(keyId);
    expect(readdirSync(dataDir)).toEqual(['vault.key']);
  });

  it('stops when the key is missing, and makes none', async () => {
    await open();
    rmSync(file());
    await expect(open()).rejects.toThrow(/their key is missing/);
    expect(() => statSync(file())).toThrow();
  });

  it('stops with another key, and changes nothing', async () => {
    const { keyId } = await open();
    const before = readFileSync(file(), 'utf8');
    await expect(open(randomBytes(32))).rejects.toThrow(`was sealed with the key ${keyId}`);
    expect(readFileSync(file(), 'utf8')).toBe(before);
    const { rows } = await database.pool.query('select key_id from mkt_wap_vault_keys');
    expect(rows).toEqual([{ key_id: keyId }]);
  });

  it('takes the key of the environment and writes no file', async () => {
    const key = randomBytes(32);
    const vault = await open(key);
    expect((await open(key)).keyId).toBe(vault.keyId);
    expect(() => statSync(file())).toThrow();
  });

  it('says so when the file holds something else', async () => {
    writeFileSync(file(), 'hello');
    chmodSync(file(), 0o600);
    await expect(open()).rejects.toThrow(/is not a vault key/);
  });
});
