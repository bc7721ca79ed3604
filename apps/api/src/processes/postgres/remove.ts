import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { readHomeRecord } from './home-record.ts';

/** Removes a stopped database with everything outside the data folder too. For spec runs. */
export function removeDatabaseFiles(dataFolder: string): void {
  const record = readHomeRecord(dataFolder);
  if (!record) return;
  rmSync(record.socketFolder, { recursive: true, force: true });
  rmSync(dirname(record.cluster), { recursive: true, force: true });
}
