/**
 * Where the keys of the vault come from: the environment, or `vault.key` in the data folder, one key a line in hex. There is
 * one, but while it is rotated. Which of them seals the database says, not their order.
 */
import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../../../../processes/start-error.js';
import { keyIdOf } from '../vault.js';

export const KEY_FILE = 'vault.key';

export interface KeySource {
  /** Of `TRUNKLINE_VAULT_KEY`, 32 bytes each; undefined: the file holds them. */
  keys?: readonly Buffer[] | undefined;
  dataDir: string;
}

export const keyFile = ({ dataDir }: KeySource): string => join(dataDir, KEY_FILE);

/** None when there is no file. Throws `StartError` when it holds something else. */
export const readVaultKeys = (source: KeySource): readonly Buffer[] => source.keys ?? readKeyFile(source);

function readKeyFile(source: KeySource): Buffer[] {
  const path = keyFile(source);
  const lines = (readIfThere(path) ?? '').split(/\s+/).filter((line) => line !== '');
  if (lines.every((line) => /^[0-9a-f]{64}$/i.test(line))) return lines.map((line) => Buffer.from(line, 'hex'));
  throw new StartError(`${path} is not a vault key: it must hold 32 bytes in hex, one key a line.`);
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new StartError(`${path} cannot be read: ${(error as Error).message}.`);
  }
}

/** On the disk before anything is sealed with it. Throws when there are keys already; a file that holds none is no key. */
export function makeKeyFile(source: KeySource, keys: readonly Buffer[] = [randomBytes(32)]): readonly Buffer[] {
  if (readKeyFile(source).length > 0) throw new StartError(`${keyFile(source)} holds a key already.`);
  replaceKeyFile(source, keys);
  return keys;
}

/** A new key beside those that are there; on the disk when it returns. */
export function addKey(source: KeySource): Buffer {
  const made = randomBytes(32);
  replaceKeyFile(source, [...readKeyFile(source), made]);
  return made;
}

/** Takes a key out of the file. It lies beside it then, under a name that says what it was: nothing destroys it here. */
export function putKeyAside(source: KeySource, keyId: string): void {
  const keys = readKeyFile(source);
  const retired = keys.filter((key) => keyIdOf(key) === keyId);
  if (retired.length === 0) return;
  write(retiredKeyFile(source, keyId), retired);
  replaceKeyFile(
    source,
    keys.filter((key) => keyIdOf(key) !== keyId),
  );
}

export const retiredKeyFile = (source: KeySource, keyId: string): string => `${keyFile(source)}.retired-${keyId}`;

/** Whole or not at all, whenever the machine stops. */
function replaceKeyFile(source: KeySource, keys: readonly Buffer[]): void {
  const path = keyFile(source);
  write(`${path}.new`, keys);
  renameSync(`${path}.new`, path);
  const folder = openSync(source.dataDir, 'r');
  fsyncSync(folder);
  closeSync(folder);
}

function write(path: string, keys: readonly Buffer[]): void {
  const file = openSync(path, 'w', 0o600);
  try {
    writeSync(file, keys.map((key) => `${key.toString('hex')}\n`).join(''));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
