/** `npm run restore`: fills a new installation from a backup. */
import { resolve } from 'node:path';
import { checkFile } from '../backup/backup.file.js';
import { type BackupHead, BackupBroken } from '../backup/backup.format.js';
import { restoreBackup } from '../backup/restore.writer.js';
import { systemClock } from '../clock/clock.js';
import type { Environment } from '../config/environment.ts';
import { makeKeyFile, readVaultKeys } from '../modules/whatsapp/sessions/keys/key.file.js';
import { keyIdOf } from '../modules/whatsapp/sessions/vault.js';
import { CommandRefused, readArguments, say } from './command.js';
import { withBareDatabase } from './installation.js';
import { confirm, readPassphrase } from './passphrase.js';
import { refused, refusing } from './refused.js';

const USAGE = `npm run restore -- [--yes] [--keep-media] [--passphrase-file FILE] PATH

Fills an empty installation (DATA_DIR or DATABASE_URL of a new one) from the backup PATH. All accounts are offline then.
  --yes               answers the question whether the original does not run any more
  --keep-media        the files of media are here too (copied to DATA_DIR/media, or in the same bucket); without it what
                      came with messages is fetched from WhatsApp again when it is wanted, and what was uploaded is gone
  --passphrase-file   its first line; without it the passphrase is asked for`;

const OPTIONS = {
  yes: { type: 'boolean', default: false },
  'keep-media': { type: 'boolean', default: false },
  'passphrase-file': { type: 'string' },
} as const;

export async function runRestore(): Promise<void> {
  const { values, positionals } = readArguments(OPTIONS, USAGE);
  const [typed, ...more] = positionals;
  if (!typed || more.length > 0) throw new CommandRefused(USAGE);
  const path = resolve(process.env.INIT_CWD ?? '.', typed);
  refusing('Nothing was restored. ', () => checkFile(path));
  const passphrase = await readPassphrase(values['passphrase-file'], false);
  await withBareDatabase((environment, databaseUrl) =>
    restore(environment, { databaseUrl, path, passphrase, keepMedia: values['keep-media'] }, values.yes),
  );
}

interface Target {
  databaseUrl: string;
  path: string;
  passphrase: string;
  keepMedia: boolean;
}

async function restore(environment: Environment, target: Target, yes: boolean): Promise<void> {
  const onHead = async (head: BackupHead) => {
    say(`A backup of ${head.createdAt}, version ${head.version}${head.key ? '' : ', without its key'}.`);
    const bring = keysToBring(environment, head);
    await confirm(
      'Two installations on the same accounts throw each other out. Does the original not run any more?',
      yes,
    );
    if (bring) makeKeyFile({ dataDir: environment.DATA_DIR }, bring);
  };
  try {
    const { accounts, rows } = await restoreBackup({ ...target, now: systemClock.now(), onHead });
    say(`${rows} rows and ${accounts} accounts restored, all accounts offline. Start the product and connect them.`);
  } catch (error) {
    throw refused('Nothing was restored. ', error);
  }
}

/** Before anything is written: sessions without their key are of no use. Undefined when the right one is here. */
function keysToBring({ TRUNKLINE_VAULT_KEY, DATA_DIR }: Environment, head: BackupHead): Buffer[] | undefined {
  const here = readVaultKeys({ keys: TRUNKLINE_VAULT_KEY, dataDir: DATA_DIR }).map(keyIdOf);
  const needed = [{ keyId: head.keyId, key: head.key }, ...(head.others ?? [])];
  const names = needed.map(({ keyId }) => keyId).join(' and ');
  if (needed.every(({ keyId }) => here.includes(keyId))) return undefined;
  if (here.length > 0) {
    throw new BackupBroken(
      `This installation has another key than the one that sealed the backup (${names}). Set DATA_DIR to a new folder.`,
    );
  }
  const keys = needed.flatMap(({ key }) => (key ? [Buffer.from(key, 'hex')] : []));
  if (keys.length === needed.length) return keys;
  throw new BackupBroken(
    `It was made without its key. Put the vault.key with the id ${names} into ${DATA_DIR}, or set TRUNKLINE_VAULT_KEY.`,
  );
}
