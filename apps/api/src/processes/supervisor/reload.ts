import { watch } from 'node:fs';
import { join } from 'node:path';
import { cloneRoot } from '../../config/clone-root.ts';
import type { Log } from '../log.ts';

const built = ['apps/api/dist', 'packages/contracts/dist', 'packages/sandbox/dist'];

/** A build writes many files: the reload comes when it has been quiet for so long. */
const quietMs = 400;

/** In development: begins the children again when their code was built anew. */
export function reloadOnBuild(reload: () => Promise<void>, log: Log): void {
  let timer: NodeJS.Timeout | undefined;
  const changed = (_event: string, file: string | null) => {
    if (!file?.endsWith('.js')) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      log.info('Built anew; reloading.');
      void reload();
    }, quietMs);
  };
  for (const folder of built) watch(join(cloneRoot, folder), { recursive: true }, changed);
}
