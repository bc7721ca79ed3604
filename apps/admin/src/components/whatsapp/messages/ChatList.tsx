'use client';

import type { Chat } from '@trunkline/contracts';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { Skeleton } from '@/components/ui/skeleton';
import { ChatRow } from './ChatRow';

const ROW_PX = 72;

interface ChatListProps {
  chats: Chat[];
  chosen: string | null;
  onOpen: (chatId: string) => void;
  query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };
}

/** Only the rows in sight are in the page, however many chats there are. */
export function ChatList({ chats, chosen, onOpen, query }: ChatListProps) {
  const t = useTranslations('messages');
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: chats.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => chats[index]?.id ?? index,
    overscan: 8,
  });
  const rows = virtual.getVirtualItems();
  const atEnd = (rows[rows.length - 1]?.index ?? 0) >= chats.length - 5;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  useEffect(() => {
    if (atEnd && hasNextPage && !isFetchingNextPage) fetchNextPage();
  }, [atEnd, hasNextPage, isFetchingNextPage, fetchNextPage]);
  return (
    <div ref={scroller} className="h-full overflow-y-auto" tabIndex={-1}>
      <ul aria-label={t('chats')} className="relative" style={{ height: virtual.getTotalSize() }}>
        {rows.map(({ key, index, start }) => {
          const chat = chats[index] as Chat;
          return (
            <li
              key={key}
              className="absolute inset-x-0 top-0"
              style={{ height: ROW_PX, transform: `translateY(${start}px)` }}
            >
              <ChatRow chat={chat} chosen={chat.id === chosen} onOpen={onOpen} />
            </li>
          );
        })}
      </ul>
      {isFetchingNextPage && <ChatSkeleton label={t('loadingChats')} rows={1} />}
    </div>
  );
}

export function ChatListSkeleton() {
  const t = useTranslations('common');
  return <ChatSkeleton label={t('loading')} rows={6} />;
}

function ChatSkeleton({ label, rows }: { label: string; rows: number }) {
  return (
    <div role="status" aria-label={label}>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex items-center gap-3 px-4" style={{ height: ROW_PX }}>
          <Skeleton className="size-10 rounded-full" />
          <div className="grid flex-1 gap-2">
            <Skeleton className="h-4 w-32" />
            <Skeleton className="h-3.5 w-48" />
          </div>
        </div>
      ))}
    </div>
  );
}
