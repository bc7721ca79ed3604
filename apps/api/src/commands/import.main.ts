/** `npm run import`: sessions of other programs that run Baileys, many at once. */
import { basename, resolve } from 'node:path';
import { NETWORKS, type Network } from '@trunkline/contracts';
import { systemClock } from '../clock/clock.js';
import { Notifier } from '../modules/cluster/notifier.repository.js';
import { readMultiFileSession } from '../modules/whatsapp/engines/baileys/import/multi.file.session.js';
import { isSessionFile } from '../modules/whatsapp/engines/baileys/import/session.file.js';
import { readSessionAt } from '../modules/whatsapp/sessions/import/folder.js';
import { ImportRefused } from '../modules/whatsapp/sessions/import/session.files.js';
import { SessionImporter } from '../modules/whatsapp/sessions/import/session.importer.js';
import { openVault } from '../modules/whatsapp/sessions/vault.opening.js';
import { CommandRefused, readArguments, say } from './command.js';
import { type Installation, withInstallation } from './installation.js';

const USAGE = `npm run import -- [--network whatsapp|sandbox] [--name NAME] [--connect] PATH [PATH...]

PATH is a folder that useMultiFileAuthState wrote, or a .zip or .tar.gz of one. Stop the program that it belongs to first.
  --network   where the accounts live (whatsapp)
  --name      of the account; of several, NAME 1, NAME 2, ...; without it the push name or the number
  --connect   bring them online at once`;

const OPTIONS = {
  network: { type: 'string', default: 'whatsapp' },
  name: { type: 'string' },
  connect: { type: 'boolean', default: false },
} as const;

export async function runImport(): Promise<void> {
  const { values, positionals } = readArguments(OPTIONS, USAGE);
  const network = NETWORKS.find((each) => each === values.network);
  if (!network) throw new CommandRefused(`--network must be ${NETWORKS.join(' or ')}.`);
  if (positionals.length === 0) throw new CommandRefused(USAGE);
  await withInstallation((installation) => importAll(installation, positionals, { ...values, network }));
}

const AT_ONCE = 3;

interface Options {
  network: Network;
  name?: string | undefined;
  connect: boolean;
}

/** One that is refused stops no other; the exit code is 1 then. */
async function importAll(
  { environment, store }: Installation,
  paths: readonly string[],
  options: Options,
): Promise<void> {
  const source = { keys: environment.TRUNKLINE_VAULT_KEY, dataDir: environment.DATA_DIR };
  const vault = await openVault(store, source, systemClock.now());
  const notifier = new Notifier(store.pool);
  const importer = new SessionImporter({ store, vault, notifier, clock: systemClock, read: readMultiFileSession });
  const [waiting, taken] = [paths.entries(), new Set<number>()];
  const takeTurns = async () => {
    for (const [i, typed] of waiting) {
      const path = resolve(process.env.INIT_CWD ?? '.', typed);
      const name = options.name && paths.length > 1 ? `${options.name} ${i + 1}` : options.name;
      if (await importOne(importer, path, { ...options, name })) taken.add(i);
      else process.exitCode = 1;
    }
  };
  // One is read and sealed while the database writes others.
  await Promise.all(Array.from({ length: AT_ONCE }, takeTurns));
  await notifier.flushed();
  say(`${taken.size} of ${paths.length} imported.`);
}

async function importOne(importer: SessionImporter, path: string, options: Options): Promise<boolean> {
  try {
    const files = await readSessionAt(path, isSessionFile);
    const { account, records, warning } = await importer.take(files, options);
    say(
      `${basename(path)}: ${account.id} ${account.phoneNumber ?? ''} ${account.name} (${records} records). ${warning}`,
    );
    return true;
  } catch (error) {
    if (!(error instanceof ImportRefused)) throw error;
    process.stderr.write(`${basename(path)}: ${error.message}\n`);
    return false;
  }
}
