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

/** The conversation that the address names. A link may point deep into the list: then it is loaded until it is found. */
export function useThread({ chatId, to, accountId }: Asked): Thread | null {
  const query = useInfiniteQuery(listChats({ accountId }));
  const chats = itemsOf(query.data);
  const chat = chatId
    ? chats.find(({ id }) => id === chatId)
    : to && chats.find((each) => each.accountId === accountId && isTo(each.phoneNumber, to));

  const { hasNextPage, isFetching, fetchNextPage } = query;
  const lookOn = chatId !== undefined && !chat && hasNextPage && !isFetching;
  useEffect(() => {
    if (lookOn) void fetchNextPage();
  }, [lookOn, fetchNextPage]);

  if (chat) return { chat, accountId: chat.accountId, to: null };
  if (!chatId && to && accountId && query.data) return { chat: null, accountId, to };
  return null;
}

const isTo = (phoneNumber: string | null, to: string): boolean =>
  phoneNumber !== null && !to.includes('@') && digitsOf(phoneNumber) === digitsOf(to);
