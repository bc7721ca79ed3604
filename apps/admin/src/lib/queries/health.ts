import { queryOptions } from '@tanstack/react-query';
import { readHealth, readRestore } from '../api/health';
import { keys } from '../live/keys';

export const healthQuery = queryOptions({ queryKey: keys.health, queryFn: readHealth, refetchInterval: 60_000 });
/** Told live (`progress`); asked while accounts come back, since an answer of a moment before may come behind what was told. */
export const restoreQuery = queryOptions({
  queryKey: keys.restore,
  queryFn: readRestore,
  refetchInterval: ({ state: { data } }) => (data && data.done < data.total ? 3_000 : false),
});
