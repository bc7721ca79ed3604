import { type Environment, readEnvironment } from '../config/environment.ts';
import { loadEnvironmentFile } from '../config/environment-file.ts';
import { openDatabase, type Store } from '../database/database.js';
import { migrate } from '../database/migrate.js';
import { Guard } from '../processes/guard/guard.ts';
import { silentLog } from '../processes/log.ts';
import { readHomeRecord } from '../processes/postgres/home-record.ts';
import { databaseName } from '../processes/postgres/initialise.ts';
import { Postgres } from '../processes/postgres/postgres.ts';
import { socketUrl } from '../processes/postgres/url.ts';
import { StartError } from '../processes/start-error.ts';
import { makeDataFolder } from '../processes/supervisor/data-folder.ts';
import { DataLock } from '../processes/supervisor/data-lock.ts';

/** The installation that a command works on: its settings, and its database while the command runs. */
export interface Installation {
  environment: Environment;
  databaseUrl: string;
  store: Store;
  /** The product itself runs on this data folder now. */
  running: boolean;
}

/**
 * Runs a command on the installation of this clone's settings, beside the running product or instead of it. When the product
 * does not run, its database is started for as long as the work takes, and nobody can start the product meanwhile.
 */
export async function withInstallation<T>(work: (installation: Installation) => Promise<T>): Promise<T> {
  const environment = readSettings();
  const lock = tryLock(environment.DATA_DIR);
  try {
    return await withDatabase(environment, lock !== undefined, async (databaseUrl) => {
      if (lock) await migrate(databaseUrl);
      return withStore(databaseUrl, (store) => work({ environment, databaseUrl, store, running: lock === undefined }));
    });
  } finally {
    lock?.release();
  }
}

/** The same where the product must not run, on a database whose schema is left as it is. Throws `StartError`. */
export async function withBareDatabase<T>(
  work: (environment: Environment, databaseUrl: string) => Promise<T>,
): Promise<T> {
  const environment = readSettings();
  const lock = DataLock.acquire(environment.DATA_DIR);
  try {
    return await withDatabase(environment, true, (databaseUrl) => work(environment, databaseUrl));
  } finally {
    lock.release();
  }
}

function readSettings(): Environment {
  loadEnvironmentFile();
  const environment = readEnvironment();
  makeDataFolder(environment.DATA_DIR);
  return environment;
}

function tryLock(dataDir: string): DataLock | undefined {
  try {
    return DataLock.acquire(dataDir);
  } catch (error) {
    if (error instanceof StartError) return undefined;
    throw error;
  }
}

async function withDatabase<T>(
  { DATABASE_URL, DATA_DIR }: Environment,
  alone: boolean,
  work: (databaseUrl: string) => Promise<T>,
): Promise<T> {
  if (DATABASE_URL !== undefined) return work(DATABASE_URL);
  if (alone) return withOwnPostgres(DATA_DIR, work);
  const home = readHomeRecord(DATA_DIR);
  if (!home?.initialised) throw new StartError('The product is just making its database. Try again in a minute.');
  return work(socketUrl(home.socketFolder, databaseName, databaseName));
}

async function withOwnPostgres<T>(dataFolder: string, work: (databaseUrl: string) => Promise<T>): Promise<T> {
  const postgres = await Postgres.prepare({ dataFolder, log: silentLog });
  const guard = new Guard(); // A command that is killed leaves no server behind.
  await guard.start();
  postgres.on('started', (identity) => guard.watch({ ...identity, name: 'database', kind: 'postgres' }));
  try {
    await postgres.start();
    return await work(postgres.url);
  } finally {
    await postgres.stop();
    guard.close();
  }
}

async function withStore<T>(databaseUrl: string, work: (store: Store) => Promise<T>): Promise<T> {
  const store = openDatabase(databaseUrl, 4);
  try {
    return await work(store);
  } finally {
    await store.pool.end();
  }
}
