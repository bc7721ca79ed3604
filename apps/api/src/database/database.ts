import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import * as schema from './schema/index.js';

export type Database = NodePgDatabase<typeof schema>;
/** What runs one statement: a pool, a connection, or a transaction's. Whole numbers of 64 bits come as numbers. */
export type Sql = Pick<pg.ClientBase, 'query'>;

/** One open database: the pool for statements in plain SQL, drizzle over the same pool for the rest. */
export interface Store {
  pool: pg.Pool;
  db: Database;
}

// A counter of ours stays far below 2^53; as text it would have to be turned into a number at each use.
const INT8 = 20;
pg.types.setTypeParser(INT8, Number);

/** Opens a pool; connections are made when first used. Times are UTC whatever the server's zone. */
export function openDatabase(url: string, max = 10): Store {
  const pool = new pg.Pool({ connectionString: url, max, options: '-c TimeZone=UTC' });
  // A broken idle connection is replaced at the next use; without a listener it would end the process.
  pool.on('error', () => undefined);
  return { pool, db: drizzle(pool, { schema }) };
}
