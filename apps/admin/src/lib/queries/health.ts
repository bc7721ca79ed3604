import { queryOptions } from '@tanstack/react-query';
import { readHealth, readRestore } from '../api/health';
import { keys } from '../live/keys';

export const healthQuery = queryOptions({ queryKey: keys.health, queryFn: readHealth, refetchInterval: 60_000 });
export const restoreQuery = queryOptions({ queryKey: keys.restore, queryFn: readRestore });
