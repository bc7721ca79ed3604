/** `npm run restore`: fills a new installation from a backup. */
import { resolve } from 'node:path';
import { type BackupHead, BackupBroken } from '../backup/backup.format.js';
import { restoreBackup } from '../backup/restore.writer.js';
import { systemClock } from '../clock/clock.js';
import type { Environment } from '../config/environment.ts';
import { readVaultKey, writeKeyFile } from '../modules/whatsapp/sessions/vault.opening.js';
import { Vault } from '../modules/whatsapp/sessions/vault.js';
import { CommandRefused, readArguments, say } from './command.js';
import { withBareDatabase } from './installation.js';
import { confirm, readPassphrase } from './passphrase.js';

const USAGE = `npm run restore -- [--yes] [--passphrase-file FILE] PATH

Fills an empty installation (DATA_DIR or DATABASE_URL of a new one) from the backup PATH. All accounts are offline then.
  --yes               answers the question whether the original does not run any more
  --passphrase-file   its first line; without it the passphrase is asked for`;

const OPTIONS = { yes: { type: 'boolean', default: false }, 'passphrase-file': { type: 'string' } } as const;

export async function runRestore(): Promise<void> {
  const { values, positionals } = readArguments(OPTIONS, USAGE);
  const [typed, ...more] = positionals;
  if (!typed || more.length > 0) throw new CommandRefused(USAGE);
  const path = resolve(process.env.INIT_CWD ?? '.', typed);
  const passphrase = await readPassphrase(values['passphrase-file'], false);
  await withBareDatabase((environment, databaseUrl) =>
    restore(environment, { databaseUrl, path, passphrase }, values.yes),
  );
}

interface Target {
  databaseUrl: string;
  path: string;
  passphrase: string;
}

async function restore(environment: Environment, target: Target, yes: boolean): Promise<void> {
  const onHead = async (head: BackupHead) => {
    say(`A backup of ${head.createdAt}, version ${head.version}${head.key ? '' : ', without its key'}.`);
    const bring = keyToBring(environment, head);
    await confirm(
      'Two installations on the same accounts throw each other out. Does the original not run any more?',
      yes,
    );
    if (bring) writeKeyFile(environment.DATA_DIR, bring);
  };
  try {
    const { accounts, rows } = await restoreBackup({ ...target, now: systemClock.now(), onHead });
    say(`${rows} rows and ${accounts} accounts restored, all accounts offline. Start the product and connect them.`);
  } catch (error) {
    if (error instanceof BackupBroken) throw new CommandRefused(`Nothing was restored. ${error.message}`);
    throw error;
  }
}

/** Before anything is written: sessions without their key are of no use. Undefined when the right one is here. */
function keyToBring({ TRUNKLINE_VAULT_KEY, DATA_DIR }: Environment, head: BackupHead): Buffer | undefined {
  const here = readVaultKey({ key: TRUNKLINE_VAULT_KEY, dataDir: DATA_DIR });
  if (here && new Vault(here).keyId === head.keyId) return undefined;
  if (here) {
    throw new BackupBroken(
      `This installation has another key than the one that sealed the backup (${head.keyId}). Set DATA_DIR to a new folder.`,
    );
  }
  if (head.key) return Buffer.from(head.key, 'hex');
  throw new BackupBroken(
    `It was made without its key. Put the vault.key with the id ${head.keyId} into ${DATA_DIR}, or set TRUNKLINE_VAULT_KEY.`,
  );
}
