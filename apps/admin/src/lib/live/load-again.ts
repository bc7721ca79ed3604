import { hashKey, type QueryClient, type QueryKey } from '@tanstack/react-query';

/** Events come in bursts (200 accounts restored at once); a list is then loaded again once, not 200 times. */
const PAUSE_MS = 300;
const waiting = new WeakMap<QueryClient, Map<string, ReturnType<typeof setTimeout>>>();

/**
 * Marks what is held as out of date and loads it again if somebody looks, a moment from now. `exact`: under this very
 * key, else under all that begin with it.
 */
export function loadAgain(client: QueryClient, queryKey: QueryKey, exact = false): void {
  const timers = waiting.get(client) ?? new Map<string, ReturnType<typeof setTimeout>>();
  waiting.set(client, timers);
  const hash = `${hashKey(queryKey)} ${exact}`;
  if (timers.has(hash)) return;
  timers.set(
    hash,
    setTimeout(() => {
      timers.delete(hash);
      void client.invalidateQueries({ queryKey, exact });
    }, PAUSE_MS),
  );
}
