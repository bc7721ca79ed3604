import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endAll, type Watched } from '../ending.ts';
import { isAlive, type ProcessIdentity } from '../identity.ts';
import type { Log } from '../log.ts';
import { waitUntil } from '../wait.ts';

/** `processes.json`: what runs, for the next start, should the guard have died with its supervisor. */
export interface Running {
  guard?: ProcessIdentity;
  watched: Watched[];
}

/** A guard whose supervisor is gone has ended everything by then. */
const guardEndsWithinMs = 9_000;

/** Ends what an earlier start left running. Only to be called by who holds the data folder. */
export async function endLeftovers(folder: string, log: Log): Promise<void> {
  const { guard, watched } = readRunning(folder);
  if (!watched.some(isAlive)) return;
  log.warn('Processes of an earlier start are still running; ending them.');
  if (guard) await waitUntil(() => !isAlive(guard), { withinMs: guardEndsWithinMs });
  await endAll(watched.filter(isAlive));
}

export function recordRunning(folder: string, running: Running): void {
  const path = pathOf(folder);
  writeFileSync(`${path}.half`, JSON.stringify(running), { mode: 0o600 });
  renameSync(`${path}.half`, path);
}

export function forgetRunning(folder: string): void {
  rmSync(pathOf(folder), { force: true });
}

export function readRunning(folder: string): Running {
  try {
    return JSON.parse(readFileSync(pathOf(folder), 'utf8')) as Running;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { watched: [] };
    throw error;
  }
}

function pathOf(folder: string): string {
  return join(folder, 'processes.json');
}
