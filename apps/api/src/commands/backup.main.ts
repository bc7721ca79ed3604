/** `npm run backup`: database and key in one encrypted file, while everything runs. */
import { join, resolve } from 'node:path';
import { checkNewFile } from '../backup/backup.file.js';
import { writeBackup } from '../backup/backup.writer.js';
import { filesLeftOut } from '../backup/table.repository.js';
import { systemClock } from '../clock/clock.js';
import type { Environment } from '../config/environment.ts';
import { programVersion } from '../config/program-version.js';
import { readVaultKeys } from '../modules/whatsapp/sessions/keys/key.file.js';
import { vaultKeyRows } from '../modules/whatsapp/sessions/keys/key.repository.js';
import { keyIdOf } from '../modules/whatsapp/sessions/vault.js';
import { openVault, usable } from '../modules/whatsapp/sessions/vault.opening.js';
import { CommandRefused, readArguments, say } from './command.js';
import { type Installation, withInstallation } from './installation.js';
import { readPassphrase } from './passphrase.js';
import { refused, refusing } from './refused.js';

const USAGE = `npm run backup -- [--without-key] [--passphrase-file FILE] PATH

Writes PATH, encrypted with a passphrase (the age format), and checks it.
  --without-key       leaves the vault's key out; a restore then needs vault.key or TRUNKLINE_VAULT_KEY
  --passphrase-file   its first line; without it the passphrase is asked for`;

const OPTIONS = { 'without-key': { type: 'boolean', default: false }, 'passphrase-file': { type: 'string' } } as const;

export async function runBackup(): Promise<void> {
  const { values, positionals } = readArguments(OPTIONS, USAGE);
  const [typed, ...more] = positionals;
  if (!typed || more.length > 0) throw new CommandRefused(USAGE);
  const path = resolve(process.env.INIT_CWD ?? '.', typed);
  refusing('The backup failed: ', () => checkNewFile(path));
  const passphrase = await readPassphrase(values['passphrase-file'], true);
  await withInstallation((installation) => backup(installation, path, passphrase, !values['without-key']));
}

async function backup(
  { environment, store, databaseUrl }: Installation,
  path: string,
  passphrase: string,
  withKey: boolean,
): Promise<void> {
  const now = systemClock.now();
  const source = { keys: environment.TRUNKLINE_VAULT_KEY, dataDir: environment.DATA_DIR };
  const { keyId } = await openVault(store, source, now);
  const keys = usable(readVaultKeys(source), await vaultKeyRows(store.pool)).map((key) => ({
    keyId: keyIdOf(key),
    key: withKey ? key.toString('hex') : null,
  }));
  try {
    const { tables, rows } = await writeBackup({
      databaseUrl,
      path,
      passphrase,
      version: programVersion,
      now,
      keyId,
      key: keys.find((each) => each.keyId === keyId)!.key,
      others: keys.filter((each) => each.keyId !== keyId),
    });
    say(
      `${path}: ${rows} rows of ${tables} tables${withKey ? ' and the key' : ', without the key'}, read back and checked.`,
    );
    say(leftOut(environment, await filesLeftOut(store.pool)));
  } catch (error) {
    throw refused('The backup failed: ', error);
  }
}

function leftOut(
  { DATA_DIR, S3_BUCKET, SANDBOX }: Environment,
  { files, bytes }: { files: number; bytes: number },
): string {
  const where = S3_BUCKET ? `the bucket ${S3_BUCKET}` : `the folder ${join(DATA_DIR, 'media')}`;
  const megabytes = Math.ceil(bytes / 1_000_000);
  const media = `Not in it: ${files} files of media (${megabytes} MB). Copy ${where} beside it, and restore with --keep-media.`;
  return SANDBOX ? `${media} Nor is the state of the sandbox network, its phones and people.` : media;
}
