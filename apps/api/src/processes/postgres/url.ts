/**
 * The address of a database behind a unix socket, as `pg` and libpq both read it: the folder of the socket is the query
 * `host`, which wins over the authority.
 */
export function socketUrl(socketFolder: string, role: string, database: string): string {
  return `postgresql://${encodeURIComponent(role)}@localhost/${encodeURIComponent(database)}?host=${encodeURIComponent(socketFolder)}`;
}

/** The same server and role, another database on it. */
export function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${encodeURIComponent(database)}`;
  return changed.toString();
}
