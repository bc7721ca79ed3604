import { readFileSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { endPostgres } from '../ending.ts';
import { commandLine, identify } from '../identity.ts';
import type { Log } from '../log.ts';

/**
 * Clears what a killed parent left on a cluster: a live server is stopped cleanly (it belongs to nobody now, and its
 * successor must be our own child), and a `postmaster.pid` whose number meanwhile belongs to a stranger is removed, since
 * PostgreSQL would take the stranger for a running server and refuse for ever. A file whose process is gone is left to
 * PostgreSQL, which also looks for survivors on its shared memory.
 */
export async function clearLeftover(cluster: string, log: Log): Promise<void> {
  const pid = readPid(cluster);
  const found = pid === undefined ? undefined : identify(pid);
  if (!found) return;
  if (!runsOn(found.pid, cluster)) {
    rmSync(join(cluster, 'postmaster.pid'), { force: true });
    return;
  }
  log.warn(`A database server of an earlier start is still running (process ${found.pid}); stopping it.`);
  await endPostgres(found);
}

function readPid(cluster: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(join(cluster, 'postmaster.pid'), 'utf8'), 10);
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function runsOn(pid: number, cluster: string): boolean {
  const line = commandLine(pid);
  return line.includes(cluster) || line.includes(realpathSync(cluster));
}
