import { chownSync, lstatSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StartError } from '../start-error.ts';
import type { Owner } from './owner.ts';

/** A socket's address is at most 107 bytes (108 with its end mark); PostgreSQL appends its file name to the folder. */
const longestAddress = 107;
const socketFile = '.s.PGSQL.5432';

/**
 * Makes the folder for the socket, 0700 and ours, at the first place where its address is short enough: beside the
 * cluster, or in the temporary folders of the user or the system.
 */
export function makeSocketFolder(beside: string, id: string, owner: Owner | undefined): string {
  const name = `trunkline-${id.slice(0, 13)}`;
  const temporary = [process.env.XDG_RUNTIME_DIR, tmpdir(), '/tmp'].filter((folder) => folder !== undefined);
  const candidates = [beside, ...temporary.map((folder) => join(folder, name))].filter(fits);
  for (const folder of candidates) {
    const made = makePrivate(folder, owner);
    if (made) return made;
  }
  throw new StartError('No folder with a path short enough for a socket could be made; set XDG_RUNTIME_DIR or TMPDIR.');
}

function fits(folder: string): boolean {
  return Buffer.byteLength(join(folder, socketFile)) <= longestAddress;
}

/** In a shared temporary folder a stranger may have made the name first: then we take one that nobody can guess. */
function makePrivate(folder: string, owner: Owner | undefined): string | undefined {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const path = isPrivate(folder, owner) ? folder : mkdtempSync(`${folder}-`);
    if (owner) chownSync(path, owner.uid, owner.gid);
    return fits(path) ? path : undefined;
  } catch {
    return undefined; // Not writable: the next candidate is asked.
  }
}

function isPrivate(folder: string, owner: Owner | undefined): boolean {
  const { uid, mode } = lstatSync(folder);
  const ours = uid === process.getuid?.() || uid === owner?.uid;
  return ours && (mode & 0o170000) === 0o040000 && (mode & 0o077) === 0;
}
