import { mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../start-error.ts';
import { readHomeRecord } from './home-record.ts';

/**
 * A data folder of root records a database outside itself, so a *copy* of the folder would name the same database, and
 * two installations would run on it. Each database therefore names its data folder back: a folder that was moved is
 * accepted, one whose original is still there is not.
 */
export function claimRootHome(home: string, id: string, dataFolder: string): void {
  const claim = join(home, 'data-folder');
  const here = realpathSync(dataFolder);
  const claimed = readText(claim);
  if (claimed === here) return;
  if (claimed !== undefined && readHomeRecord(claimed)?.id === id) throw copied(here, claimed);
  mkdirSync(home, { recursive: true, mode: 0o711 });
  writeFileSync(claim, here, { mode: 0o600 });
}

function copied(here: string, original: string): StartError {
  return new StartError(
    `The data folder ${here} is a copy of ${original}, and both name one database. ` +
      'Remove one of them, or make a new data folder and restore a backup into it.',
  );
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new StartError(
      `The database of this data folder was made by root; start as root (${(error as Error).message}).`,
    );
  }
}
