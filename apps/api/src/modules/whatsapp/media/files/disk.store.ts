import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FileStore } from './file.store.js';

/** Files in a folder that only its owner may enter, 256 folders below it. */
export function diskStore(folder: string): FileStore {
  const pathOf = (sha256: string): string => join(folder, sha256.slice(0, 2), sha256);
  return {
    async put(sha256, from) {
      const path = pathOf(sha256);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      // On the same file system: whole or not there, also when the process dies.
      await rename(from, path);
    },
    async open(sha256, range) {
      const handle = await open(pathOf(sha256), 'r').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined;
        throw error;
      });
      return handle && createReadStream('', { fd: handle, ...range });
    },
    async remove(sha256) {
      await rm(pathOf(sha256), { force: true });
    },
  };
}
