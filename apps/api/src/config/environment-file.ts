import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../processes/start-error.ts';
import { cloneRoot } from './clone-root.ts';

/** Reads `.env` in the clone, if there is one, into `process.env`; what is set already stays as it is. */
export function loadEnvironmentFile(path = join(cloneRoot, '.env')): void {
  if (!existsSync(path)) return;
  try {
    process.loadEnvFile(path);
  } catch (error) {
    throw new StartError(`${path} cannot be read: ${(error as Error).message}.`);
  }
}
