import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Guard } from '../processes/guard/guard.ts';
import { silentLog } from '../processes/log.ts';
import { Postgres } from '../processes/postgres/postgres.ts';
import { removeDatabaseFiles } from '../processes/postgres/remove.ts';

export interface SpecPostgres {
  url: string;
  stop(): Promise<void>;
}

/** The specs' databases die with the run, so they need not survive a power cut. */
const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' };

/** The shipped PostgreSQL under our own supervision, in a temporary folder that goes with it. */
export async function startSpecPostgres(): Promise<SpecPostgres> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'trunkline-specs-'));
  const postgres = await Postgres.prepare({ dataFolder, log: silentLog, settings });
  // A run that is killed leaves no server behind.
  const guard = new Guard();
  await guard.start();
  postgres.on('started', (identity) => guard.watch({ ...identity, name: 'database', kind: 'postgres' }));
  await postgres.start();
  const stop = async () => {
    await postgres.stop();
    guard.close();
    removeDatabaseFiles(dataFolder);
    rmSync(dataFolder, { recursive: true, force: true });
  };
  return { url: postgres.url, stop };
}
