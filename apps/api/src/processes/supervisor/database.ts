import type { Environment } from '../../config/environment.ts';
import type { Guard } from '../guard/guard.ts';
import type { Log } from '../log.ts';
import { withClient } from '../postgres/database.ts';
import { Postgres } from '../postgres/postgres.ts';
import { StartError } from '../start-error.ts';
import { waitUntil } from '../wait.ts';

/** An external server that is just starting beside us gets this long. */
const externalWithinMs = 15_000;
/** Wrong user, password or database: waiting mends nothing. */
const refused = /^(28|3D)/;
const oldest = { number: 150_000, name: 'PostgreSQL 15' };

/** The database of the installation: our own, started and guarded; or the one that DATABASE_URL names, checked. */
export class Database {
  #own: Postgres | undefined;
  #stopped = false;

  constructor(
    private readonly environment: Environment,
    private readonly guard: Guard,
    private readonly log: Log,
  ) {}

  /** Resolves with its address when it answers. */
  async open(): Promise<string> {
    const { DATABASE_URL, DATA_DIR } = this.environment;
    if (DATABASE_URL !== undefined) return checkExternal(DATABASE_URL);
    const own = await Postgres.prepare({ dataFolder: DATA_DIR, log: this.log });
    own.on('started', (identity) => this.guard.watch({ ...identity, name: 'database', kind: 'postgres' }));
    own.on('ended', (identity) => this.guard.forget(identity));
    this.#own = own;
    if (!this.#stopped) await own.start();
    return own.url;
  }

  /** Also while it is still starting. An external database is left alone. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#own?.stop();
  }
}

async function checkExternal(url: string): Promise<string> {
  let version: number | undefined;
  let failure: { message: string; code?: string } | undefined;
  const settled = async () => {
    version = await askVersion(url).catch((error: Error) => void (failure = error));
    return version !== undefined || refused.test(failure?.code ?? '');
  };
  await waitUntil(settled, { withinMs: externalWithinMs, everyMs: 500 });
  if (version === undefined) throw new StartError(`The database of DATABASE_URL cannot be used (${failure?.message}).`);
  if (version >= oldest.number) return url;
  const found = Math.floor(version / 10_000);
  throw new StartError(`DATABASE_URL names a PostgreSQL ${found}; it must be ${oldest.name} or later.`);
}

function askVersion(url: string): Promise<number> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ server_version_num: string }>('show server_version_num');
    return Number(rows[0]!.server_version_num);
  });
}
