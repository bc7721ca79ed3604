import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { migrate } from '../database/migrate.js';
import { Guard } from '../processes/guard/guard.ts';
import { silentLog } from '../processes/log.ts';
import { createDatabase, dropDatabase } from '../processes/postgres/database.ts';
import { Postgres } from '../processes/postgres/postgres.ts';
import { removeDatabaseFiles } from '../processes/postgres/remove.ts';
import { withDatabase } from '../processes/postgres/url.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A database in which nothing is kept, to make and drop others from. */
    maintenanceUrl: string;
    /** Name of the migrated database that each spec file gets a copy of. */
    templateDatabase: string;
  }
}

const templateDatabase = 'trunkline_template';

/** The specs' databases die with the run, so they need not survive a power cut. */
const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' };

/**
 * One PostgreSQL for all database specs of a run, the shipped one under our own supervision; `TEST_DATABASE_URL` names
 * another server instead (for instance the oldest version that we support).
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = process.env.TEST_DATABASE_URL ? await external(process.env.TEST_DATABASE_URL) : await shipped();
  await createDatabase(server.url, templateDatabase);
  await migrate(withDatabase(server.url, templateDatabase));
  project.provide('maintenanceUrl', server.url);
  project.provide('templateDatabase', templateDatabase);
  return server.stop;
}

async function shipped() {
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

async function external(url: string) {
  const clean = () => dropDatabase(url, templateDatabase);
  await clean(); // An earlier run may have been killed.
  return { url, stop: clean };
}
