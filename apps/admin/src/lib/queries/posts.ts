import { infiniteQueryOptions } from '@tanstack/react-query';
import { posts } from '../api/whatsapp';
import { keys, type OfAccountFilter } from '../live/keys';

export const listStatuses = (filter: OfAccountFilter) =>
  infiniteQueryOptions({
    queryKey: keys.statuses(filter),
    queryFn: ({ pageParam }) => posts.statuses({ ...filter, cursor: pageParam ?? undefined, limit: 50 }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

export const listChannels = (filter: OfAccountFilter) =>
  infiniteQueryOptions({
    queryKey: keys.channels(filter),
    queryFn: ({ pageParam }) => posts.channels({ ...filter, cursor: pageParam ?? undefined, limit: 100 }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

export const listChannelPosts = (channelId: string) =>
  infiniteQueryOptions({
    queryKey: keys.channelPosts(channelId),
    queryFn: ({ pageParam }) => posts.inChannel(channelId, { cursor: pageParam ?? undefined, limit: 50 }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
