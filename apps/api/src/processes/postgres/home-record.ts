import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** `postgres.json` in the data folder: where the database is. No secret: who may sign in is decided by who asks. */
export interface HomeRecord {
  id: string;
  /** PostgreSQL's own data directory. */
  cluster: string;
  socketFolder: string;
  /** Set once `initdb` was done: from then on a missing cluster is a loss to report, never one to make anew. */
  initialised: boolean;
}

export function readHomeRecord(dataFolder: string): HomeRecord | undefined {
  try {
    return JSON.parse(readFileSync(pathOf(dataFolder), 'utf8')) as HomeRecord;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

export function writeHomeRecord(dataFolder: string, record: HomeRecord): void {
  const half = `${pathOf(dataFolder)}.half`;
  writeFileSync(half, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 });
  renameSync(half, pathOf(dataFolder));
}

function pathOf(dataFolder: string): string {
  return join(dataFolder, 'postgres.json');
}
