import { readFileSync } from 'node:fs';

/** Whom PostgreSQL runs as, and whose its files are. Undefined in a `Home` means: as ourselves. */
export interface Owner {
  uid: number;
  gid: number;
}

/**
 * PostgreSQL refuses to run as root. `nobody` would do, but other daemons run as `nobody` too and could read the
 * database. So we take a number that no system gives to a person or a daemon (60578 to 61183 is unused by Debian's and
 * systemd's allocation, and below 65536, so that containers with mapped users have it too), and that has no entry in
 * the user list.
 */
const candidates = { first: 60960, last: 61183 };

/** `initdb` alone wants a user that has a name; what it made is handed to the dedicated owner before anything runs on it. */
export const namedOwner: Owner = { uid: 65534, gid: 65534 };

export function chooseOwner(passwd = readPasswd()): Owner {
  const taken = new Set(passwd.split('\n').map((line) => Number(line.split(':')[2])));
  for (let uid = candidates.first; uid <= candidates.last; uid++) if (!taken.has(uid)) return { uid, gid: uid };
  return namedOwner;
}

function readPasswd(): string {
  try {
    return readFileSync('/etc/passwd', 'utf8');
  } catch {
    return ''; // No user list: no number is taken.
  }
}
