import { infiniteQueryOptions } from '@tanstack/react-query';
import { groups } from '../api/whatsapp';
import { keys, type OfAccountFilter } from '../live/keys';

export const listGroups = (filter: OfAccountFilter) =>
  infiniteQueryOptions({
    queryKey: keys.groups(filter),
    queryFn: ({ pageParam }) => groups.list({ ...filter, cursor: pageParam ?? undefined, limit: 100 }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

export const listParticipants = (groupId: string) =>
  infiniteQueryOptions({
    queryKey: keys.participants(groupId),
    queryFn: ({ pageParam }) => groupPage(groupId, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

const groupPage = (groupId: string, cursor: string | null) =>
  groups.participants(groupId, { cursor: cursor ?? undefined, limit: 200 });
