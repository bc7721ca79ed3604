import { chownSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { StartError } from '../start-error.ts';
import type { Home } from './home.ts';
import { databaseName } from './initialise.ts';

/**
 * Who may sign in: the user that runs Trunkline, as the kernel names them at the socket (`peer`), and nobody else; the
 * folder of the socket is 0700 besides. So there is no password that could leak. Written at each start, since another
 * user may have taken the data folder over.
 */
export function writeAccess(home: Home): void {
  const user = userName();
  write(home, 'pg_hba.conf', `local all ${databaseName} peer map=${databaseName}\n`);
  write(home, 'pg_ident.conf', `${databaseName} "${user.replaceAll('"', '""')}" ${databaseName}\n`);
}

function write({ cluster, owner }: Home, name: string, text: string): void {
  const path = join(cluster, name);
  writeFileSync(path, text, { mode: 0o600 });
  if (owner) chownSync(path, owner.uid, owner.gid);
}

export function userName(): string {
  try {
    return userInfo().username;
  } catch {
    throw new StartError(
      `The user that runs this (uid ${process.getuid?.()}) has no entry in the system's user list, and PostgreSQL needs one. ` +
        'Give it a name there, or set DATABASE_URL to a PostgreSQL of your own.',
    );
  }
}
