import { ProblemError } from '../errors/problem.js';

/** Cursors of paged lists: opaque to callers, the sort key of the last item to us. */
const writeCursor = (key: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(key)).toString('base64url');

export function readCursor(cursor: string | undefined, length: number): (string | number)[] | undefined {
  if (cursor === undefined) return undefined;
  const key = parse(cursor);
  if (Array.isArray(key) && key.length === length && key.every(isPart)) return key;
  throw new ProblemError('validation_failed', 'The cursor is not one of ours; begin again without it.', [
    { field: 'cursor', message: 'Pass nextCursor of the last answer as it is.' },
  ]);
}

/** Of `limit + 1` rows, the page and the cursor to what follows. */
export function pageOfRows<R, T>(
  rows: readonly R[],
  limit: number,
  item: (row: R) => T,
  keyOf: (row: R) => readonly (string | number)[],
): { items: T[]; nextCursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { items: page.map(item), nextCursor: rows.length > limit && last ? writeCursor(keyOf(last)) : null };
}

const isPart = (part: unknown): boolean => typeof part === 'string' || typeof part === 'number';

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined; // Not ours; the caller says so.
  }
}
