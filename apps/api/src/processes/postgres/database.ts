import pg from 'pg';

/** Makes the database if it is not there. `name` is ours, never a person's. */
export async function ensureDatabase(maintenanceUrl: string, name: string): Promise<void> {
  const found = await withClient(maintenanceUrl, (client) =>
    client.query('select 1 from pg_database where datname = $1', [name]),
  );
  if (found.rowCount === 0) await createDatabase(maintenanceUrl, name);
}

export async function createDatabase(maintenanceUrl: string, name: string, template = 'template1'): Promise<void> {
  const create = `create database ${quoted(name)} template ${quoted(template)}`;
  await withClient(maintenanceUrl, (client) => client.query(create));
}

export async function dropDatabase(maintenanceUrl: string, name: string): Promise<void> {
  await withClient(maintenanceUrl, (client) => client.query(`drop database if exists ${quoted(name)} with (force)`));
}

/** One connection for one job. */
export async function withClient<T>(url: string, job: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined); // A cut connection also rejects the query under way, and that is reported.
  await client.connect();
  try {
    return await job(client);
  } finally {
    await client.end();
  }
}

function quoted(identifier: string): string {
  return pg.escapeIdentifier(identifier);
}
