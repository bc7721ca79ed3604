import { cp, lstat, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { type Home, rootState } from './home.ts';
import type { PlatformPackage } from './platform-package.ts';

/** The folder to run PostgreSQL from: the package itself, or a copy where it is out of reach or cannot be completed. */
export async function usableBinaries(shipped: PlatformPackage, home: Home, dataFolder: string): Promise<string> {
  if (home.owner) return copyBinaries(shipped, rootState);
  return (await linkLibraries(shipped.native)) ? shipped.native : copyBinaries(shipped, join(dataFolder, 'postgres'));
}

/**
 * Makes the shipped binaries usable where they lie.
 *
 * npm packs no symbolic links, so the package lists them in `pg-symlinks.json` and makes them in an install script. We
 * make them ourselves: install scripts may be off. Without them `initdb` ends with "libicuuc.so.60: cannot open".
 *
 * @returns false when a link is missing and the package is read-only (installed by somebody else): run from a copy.
 */
async function linkLibraries(native: string): Promise<boolean> {
  for (const link of await readLinks(native)) {
    const path = join(native, relative('native', link.target));
    if (!(await exists(path)) && !(await linkBeside(path, basename(link.source)))) return false;
  }
  return true;
}

/**
 * Copies the binaries into `folder`, once for each version, and returns the copy. By rename, so that a copy cut short is
 * never taken for whole, and of two starts at once both find a whole one.
 */
async function copyBinaries(source: PlatformPackage, folder: string): Promise<string> {
  const target = join(folder, `postgres-${source.version}`);
  if (await exists(target)) return target;
  const half = `${target}.${process.pid}`;
  await rm(half, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await cp(source.native, half, { recursive: true, verbatimSymlinks: true });
  await linkLibraries(half);
  await rename(half, target).catch(async (error: unknown) => {
    await rm(half, { recursive: true, force: true });
    if (!(await exists(target))) throw error;
  });
  return target;
}

async function readLinks(native: string): Promise<Record<'source' | 'target', string>[]> {
  return JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')) as Record<'source' | 'target', string>[];
}

async function linkBeside(path: string, file: string): Promise<boolean> {
  try {
    await symlink(file, path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') return false;
    if (code !== 'EEXIST') throw error;
  }
  return true;
}

function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
