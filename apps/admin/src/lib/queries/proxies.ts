import { queryOptions } from '@tanstack/react-query';
import { proxies, proxyPools } from '../api/proxies';
import { keys } from '../live/keys';

export const proxiesQuery = queryOptions({ queryKey: keys.proxies, queryFn: proxies.list });
export const proxyPoolsQuery = queryOptions({ queryKey: keys.proxyPools, queryFn: proxyPools.list });
export const accountProxyQuery = (id: string) =>
  queryOptions({ queryKey: keys.accountProxy(id), queryFn: () => proxies.ofAccount(id) });
