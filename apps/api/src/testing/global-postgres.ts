import type { TestProject } from 'vitest/node';
import { migrate } from '../database/migrate.js';
import { createDatabase, dropDatabase } from '../processes/postgres/database.ts';
import { withDatabase } from '../processes/postgres/url.ts';
import { startSpecPostgres } from './spec-postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A database in which nothing is kept, to make and drop others from. */
    maintenanceUrl: string;
    /** Name of the migrated database that each spec file gets a copy of. */
    templateDatabase: string;
  }
}

const templateDatabase = 'trunkline_template';

/**
 * One PostgreSQL for all database specs of a run, the shipped one under our own supervision; `TEST_DATABASE_URL` names
 * another server instead (for instance the oldest version that we support).
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = process.env.TEST_DATABASE_URL
    ? await external(process.env.TEST_DATABASE_URL)
    : await startSpecPostgres();
  await createDatabase(server.url, templateDatabase);
  await migrate(withDatabase(server.url, templateDatabase));
  project.provide('maintenanceUrl', server.url);
  project.provide('templateDatabase', templateDatabase);
  return server.stop;
}

async function external(url: string) {
  const clean = () => dropDatabase(url, templateDatabase);
  await clean(); // An earlier run may have been killed.
  return { url, stop: clean };
}
