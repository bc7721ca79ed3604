import type { Environment } from '../../config/environment.ts';
import type { Guard } from '../guard/guard.ts';
import type { Log } from '../log.ts';
import { withClient } from '../postgres/database.ts';
import { Postgres } from '../postgres/postgres.ts';
import { StartError } from '../start-error.ts';
import { waitUntil } from '../wait.ts';

export interface Database {
  url: string;
  stop(): Promise<void>;
}

/** An external server that is just starting beside us gets this long. */
const externalWithinMs = 15_000;
const oldest = { number: 150_000, name: 'PostgreSQL 15' };

/** Our own database, started and guarded; or the one that DATABASE_URL names, checked. */
export async function openDatabase(environment: Environment, guard: Guard, log: Log): Promise<Database> {
  const url = environment.DATABASE_URL;
  return url === undefined ? startOwn(environment.DATA_DIR, guard, log) : checkExternal(url);
}

async function startOwn(dataFolder: string, guard: Guard, log: Log): Promise<Database> {
  const postgres = await Postgres.prepare({ dataFolder, log });
  postgres.on('started', (identity) => guard.watch({ ...identity, name: 'database', kind: 'postgres' }));
  postgres.on('ended', (identity) => guard.forget(identity));
  await postgres.start();
  return { url: postgres.url, stop: () => postgres.stop() };
}

async function checkExternal(url: string): Promise<Database> {
  let version: number | undefined;
  let failure = '';
  const asked = async () => {
    version = await askVersion(url).catch((error: Error) => void (failure = error.message));
    return version !== undefined;
  };
  await waitUntil(asked, { withinMs: externalWithinMs, everyMs: 500 });
  if (version === undefined) throw new StartError(`The database that DATABASE_URL names does not answer (${failure}).`);
  if (version >= oldest.number) return { url, stop: async () => undefined };
  const found = Math.floor(version / 10_000);
  throw new StartError(`DATABASE_URL names a PostgreSQL ${found}; it must be ${oldest.name} or later.`);
}

function askVersion(url: string): Promise<number> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ server_version_num: string }>('show server_version_num');
    return Number(rows[0]!.server_version_num);
  });
}
