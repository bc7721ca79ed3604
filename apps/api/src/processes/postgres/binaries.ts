import { cp, lstat, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { PlatformPackage } from './platform-package.ts';

/** Where root keeps what an unprivileged PostgreSQL must reach; a clone under a 0700 home it could not. */
export const rootState = '/var/lib/trunkline';

/**
 * Makes the shipped binaries usable and returns their folder.
 *
 * npm packs no symbolic links, so the package lists them in `pg-symlinks.json` and makes them in an install script. We
 * make them ourselves: install scripts may be off. Without them `initdb` ends with "libicuuc.so.60: cannot open".
 *
 * @param copyTo a folder to run from a copy in, for when the package is out of PostgreSQL's reach or read-only
 */
export async function prepareBinaries(source: PlatformPackage, copyTo: string | undefined): Promise<string> {
  if (copyTo === undefined) {
    await linkLibraries(source.native);
    return source.native;
  }
  const target = join(copyTo, `postgres-${source.version}`);
  if (!(await exists(target))) await copyWhole(source.native, target);
  return target;
}

/** By rename, so that a copy cut short is never taken for whole; two starts at once both end with a whole one. */
async function copyWhole(native: string, target: string): Promise<void> {
  const half = `${target}.${process.pid}`;
  await rm(half, { recursive: true, force: true });
  await mkdir(dirname(target), { recursive: true });
  await cp(native, half, { recursive: true, verbatimSymlinks: true });
  await linkLibraries(half);
  try {
    await rename(half, target);
  } catch (error) {
    await rm(half, { recursive: true, force: true });
    if (!(await exists(target))) throw error;
  }
}

async function linkLibraries(native: string): Promise<void> {
  const links = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')) as Record<'source' | 'target', string>[];
  for (const link of links) {
    const path = join(dirname(native), link.target);
    const here = join(native, path.slice(dirname(native).length + 'native/'.length + 1));
    if (!(await exists(here))) await linkBeside(here, basename(link.source));
  }
}

async function linkBeside(path: string, file: string): Promise<void> {
  try {
    await symlink(file, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
