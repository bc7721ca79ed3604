import { queryOptions } from '@tanstack/react-query';
import { keys as apiKeys, readMe, readSystem, vaultKey } from '../api/system';
import { keys } from '../live/keys';

export const systemQuery = queryOptions({ queryKey: keys.system, queryFn: readSystem, staleTime: 60_000 });
export const meQuery = queryOptions({ queryKey: keys.me, queryFn: readMe, staleTime: 60_000 });
export const apiKeysQuery = queryOptions({ queryKey: keys.apiKeys, queryFn: apiKeys.list });
/** Told live when it is saved or rotated. */
export const vaultKeyQuery = queryOptions({ queryKey: keys.vaultKey, queryFn: vaultKey.read, staleTime: Infinity });
