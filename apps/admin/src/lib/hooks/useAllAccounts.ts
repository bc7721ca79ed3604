'use client';

import type { Account } from '@trunkline/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { itemsOf } from '../live/pages';
import { listAccounts } from '../queries/account';

/** Every account, page after page, for choosing one and for naming them; undefined until the first have come. */
export function useAllAccounts(): Account[] | undefined {
  const { data, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery(listAccounts({}));
  useEffect(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);
  return useMemo(() => data && itemsOf(data), [data]);
}
