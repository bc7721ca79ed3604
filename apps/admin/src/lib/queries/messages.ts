import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { chats, messages } from '../api/whatsapp';
import { type ChatFilter, keys } from '../live/keys';

/** Pinned ones first, then the chat that moved last. */
export const listChats = (filter: ChatFilter) =>
  infiniteQueryOptions({
    queryKey: keys.chats(filter),
    queryFn: ({ pageParam }) => chats.list({ ...filter, cursor: pageParam ?? undefined, limit: 50 }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

/** Newest first. */
export const listMessages = (chatId: string) =>
  infiniteQueryOptions({
    queryKey: keys.messages(chatId),
    queryFn: ({ pageParam }) => messages.list({ chatId, cursor: pageParam ?? undefined, limit: 100 }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

/** By words in their texts, newest first. */
export const findMessages = (text: string, accountId: string | undefined) =>
  infiniteQueryOptions({
    queryKey: keys.foundMessages(text, accountId),
    queryFn: ({ pageParam }) =>
      messages.search({ text, ...(accountId && { accountId }), cursor: pageParam ?? undefined, limit: 20 }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    enabled: text.trim().length > 1,
  });

/** By recipient. */
export const listReceipts = (messageId: string) =>
  infiniteQueryOptions({
    queryKey: keys.receipts(messageId),
    queryFn: ({ pageParam }) => messages.receipts(messageId, { cursor: pageParam ?? undefined, limit: 50 }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

export const readQueue = (accountId: string) =>
  queryOptions({ queryKey: keys.queue(accountId), queryFn: () => messages.queue(accountId) });
