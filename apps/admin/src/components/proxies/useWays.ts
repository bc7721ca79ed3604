'use client';

import type { AccountProxy } from '@trunkline/contracts';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import type { SelectOption } from '@/components/ui/select';
import { proxiesQuery, proxyPoolsQuery } from '@/lib/queries/proxies';

/** The ways by which an account can go to its network, the straight one first. Of a pool it is shown which one was given. */
export function useWays(now: AccountProxy = { proxyId: null, poolId: null }): SelectOption[] {
  const t = useTranslations('accountProxy');
  const { data: all = [] } = useQuery(proxiesQuery);
  const { data: pools = [] } = useQuery(proxyPoolsQuery);
  const given = all.find(({ id }) => id === now.proxyId)?.name;
  return [
    { value: '', label: t('straight') },
    ...all.map(({ id, name }) => ({ value: `proxy ${id}`, label: name })),
    ...pools.map(({ id, name }) => ({
      value: `pool ${id}`,
      label: now.poolId === id && given ? t('poolGiven', { name, given }) : t('pool', { name }),
      disabled: now.poolId !== id && !all.some(({ poolId }) => poolId === id),
    })),
  ];
}

export const wayOf = ({ proxyId, poolId }: AccountProxy): string =>
  poolId ? `pool ${poolId}` : proxyId ? `proxy ${proxyId}` : '';

export function wishOf(way: string): AccountProxy {
  const [kind, id = null] = way.split(' ');
  return { proxyId: kind === 'proxy' ? id : null, poolId: kind === 'pool' ? id : null };
}
