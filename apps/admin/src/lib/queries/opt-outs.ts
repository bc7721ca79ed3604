import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { type OptOutFilter, optOuts } from '../api/opt-outs';
import { keys } from '../live/keys';

export const listOptOuts = (filter: OptOutFilter) =>
  infiniteQueryOptions({
    queryKey: keys.optOuts(filter),
    queryFn: ({ pageParam }) => optOuts.list({ ...filter, cursor: pageParam ?? undefined, limit: 100 }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

/** The opt-out that stands for a person, if one does. */
export const standingOptOut = (personId: string) =>
  queryOptions({
    queryKey: keys.optOuts({ personId, state: 'standing' }),
    queryFn: async () => (await optOuts.list({ personId, state: 'standing', limit: 1 })).items[0] ?? null,
  });
