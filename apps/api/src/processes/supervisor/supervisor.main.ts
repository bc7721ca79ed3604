import { type Environment, readEnvironment } from '../../config/environment.ts';
import { loadEnvironmentFile } from '../../config/environment-file.ts';
import { StartError } from '../start-error.ts';
import { makeDataFolder } from './data-folder.ts';
import { DataLock } from './data-lock.ts';
import { Journal } from './journal.ts';
import { endLeftovers } from './leftovers.ts';
import { claimPort, freePort } from './port.ts';
import { Product } from './product.ts';
import { reloadOnBuild } from './reload.ts';
import { awaitStopRequest } from './stop-request.ts';
import { Welcome } from './welcome.ts';

/** The role that `npm start` runs. Exits with 0 after a stop, with 1 and one clear sentence when it cannot start. */
export async function runSupervisor(): Promise<void> {
  let lock: DataLock | undefined;
  try {
    loadEnvironmentFile();
    const environment = readEnvironment();
    makeDataFolder(environment.DATA_DIR);
    lock = DataLock.acquire(environment.DATA_DIR);
    await run(environment, new Journal(environment.DATA_DIR));
  } catch (error) {
    process.exitCode = 1;
    process.stderr.write(`${describe(error)}\n`);
  }
  lock?.release();
  // A library may have left something open; everything of ours has ended.
  process.exit();
}

async function run(environment: Environment, journal: Journal): Promise<void> {
  await endLeftovers(environment.DATA_DIR, journal);
  const port = await claimPort(environment.HOST, environment.PORT);
  const welcome = new Welcome(environment, port, journal);
  const develop = process.env.TRUNKLINE_DEVELOP === '1';
  const onSetupLink = (url: string) => welcome.setupLink(url);
  const product = new Product({ environment, port, pagesPort: await freePort(), journal, develop, onSetupLink });
  const stop = awaitStopRequest(journal);
  try {
    await Promise.race([product.start(), stop.promise]);
    if (!stop.isMade) welcome.started();
    if (!stop.isMade && develop) reloadOnBuild(() => product.reload(), journal);
    await stop.promise;
  } finally {
    await product.stop();
  }
}

function describe(error: unknown): string {
  if (error instanceof StartError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
