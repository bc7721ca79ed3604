'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { digitsOf } from '@/lib/format/phone';
import { itemsOf } from '@/lib/live/pages';
import { listChats } from '@/lib/queries/messages';
import type { Thread } from './thread';

interface Asked {
  chatId: string | undefined;
  to: string | undefined;
  accountId: string | undefined;
}

/**
 * The conversation that the address names. A link may point deep into the list: then it is loaded until it is found.
 * One that is named by its recipient is a draft until its chat is in the list.
 */
export function useThread({ chatId, to, accountId }: Asked): { thread: Thread | null; missing: boolean } {
  const query = useInfiniteQuery(listChats({ accountId }));
  const chats = itemsOf(query.data);
  const chat =
    chats.find(({ id }) => id === chatId) ??
    (to && chats.find((each) => each.accountId === accountId && isTo(each.phoneNumber, to)));

  const { hasNextPage, isFetching, fetchNextPage } = query;
  const lookOn = chatId !== undefined && !chat && hasNextPage && !isFetching;
  useEffect(() => {
    if (lookOn) void fetchNextPage();
  }, [lookOn, fetchNextPage]);

  const missing = chatId !== undefined && !chat && query.isSuccess && !hasNextPage && !isFetching;
  if (chat) return { thread: { chat, accountId: chat.accountId, to: null }, missing };
  return { thread: to && accountId && query.data ? { chat: null, accountId, to } : null, missing };
}

const isTo = (phoneNumber: string | null, to: string): boolean =>
  phoneNumber !== null && !to.includes('@') && digitsOf(phoneNumber) === digitsOf(to);
