import { DrizzleQueryError } from 'drizzle-orm';

/**
 * Whether a failed statement may succeed when it is tried again as it is: the database was away, stopping, out of
 * connections, or two transactions got into each other's way. Everything else is a fault of the data or of ours.
 */
export function isPassing(error: unknown): boolean {
  const { code, message } = asTold(error);
  if (typeof code === 'string') return PASSING.test(code) || NETWORK.has(code);
  return typeof message === 'string' && LOST.test(message);
}

/** A row with what must be there once is there already (SQLSTATE `unique_violation`). */
export const isTwice = (error: unknown): boolean => asTold(error).code === '23505';

interface Told {
  code?: unknown;
  message?: unknown;
}

/** Of the database or its driver. Drizzle puts an error of its own around that, whose message is the statement with its columns. */
function asTold(error: unknown): Told {
  const { cause } = error as { cause?: unknown };
  return (error instanceof DrizzleQueryError && cause ? cause : error) as Told;
}

/**
 * SQLSTATE: connection exceptions (08), serialization and deadlock (40), insufficient resources (53), cancelled, shut down
 * or starting (57), idle in a transaction for too long (25P03), lock not available (55P03).
 */
const PASSING = /^(08...|40001|40P01|53...|57...|25P03|55P03)$/;
const NETWORK = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN']);
/** What `pg` says without a code when the connection broke under a statement or could not be had. */
const LOST = /connection|terminated|timeout|not queryable|Client has encountered/i;
