import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readArchive } from './archive.js';
import { FileCollector, ImportRefused, type SessionFiles } from './session.files.js';

/** The session in a folder, or in an archive of one, on this machine. Throws `ImportRefused`. */
export async function readSessionAt(path: string, wanted: (name: string) => boolean): Promise<SessionFiles> {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) throw new ImportRefused('missing', `There is nothing at ${path}.`);
  return stat.isDirectory() ? readFolder(path, wanted) : readArchive(readFileSync(path), wanted);
}

/** Synchronously: a command has nothing else to do, and many small files are read several times faster so. */
function readFolder(folder: string, wanted: (name: string) => boolean): SessionFiles {
  const collector = new FileCollector(wanted);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(folder, entry.name);
    const { size, mtime } = statSync(path);
    if (collector.takes(entry.name, size, mtime)) collector.add(entry.name, readFileSync(path));
  }
  return collector.result;
}
