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

/**
 * A process that is paused inside a transaction must not hold its locks for ever: after this long PostgreSQL ends the
 * transaction, and others may claim what it owned.
 */
const IDLE_IN_TRANSACTION_MS = 15_000;
/**
 * Words of new messages gather in a list before they are put into the index of all words, by whichever statement fills it. With
 * PostgreSQL's own 4 MB one commit in some six thousand messages did that for all of them, and everybody waited for it. In
 * smaller parts it costs the same in all.
 */
const WORDS_WAITING = '256kB';
const OPTIONS = [
  'TimeZone=UTC',
  `idle_in_transaction_session_timeout=${IDLE_IN_TRANSACTION_MS}`,
  `gin_pending_list_limit=${WORDS_WAITING}`,
]
  .map((setting) => `-c ${setting}`)
  .join(' ');

/**
 * For who finds few rows by index, by prepared statements, and never reads a whole table. Plans are kept, and one that was made
 * while a table was small would go on to read all of it, for each message, when it has grown. What is left to choose does
 * not depend on the values: planning anew for them costs more than the statement.
 */
export const BY_INDEX =
  '-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c plan_cache_mode=force_generic_plan';

/**
 * Opens a pool; connections are made when first used. Times are UTC whatever the server's zone.
 * @param timeoutMs a statement, or the wait for a connection, fails after this long
 * @param planning `BY_INDEX`, or as PostgreSQL thinks best
 */
export function openDatabase(url: string, max = 10, timeoutMs?: number, planning = ''): Store {
  const limits = timeoutMs === undefined ? {} : { query_timeout: timeoutMs, connectionTimeoutMillis: timeoutMs };
  const options = `${OPTIONS} ${planning}`.trim();
  const pool = new pg.Pool({ connectionString: url, max, options, keepAlive: true, ...limits });
  // A connection that breaks, idle or between two statements, is replaced at the next use; without listeners it would end
  // the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return { pool, db: drizzle(pool, { schema }) };
}
