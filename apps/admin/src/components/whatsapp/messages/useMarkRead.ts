'use client';

import type { Chat } from '@trunkline/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { chats } from '@/lib/api/whatsapp';
import { changeChat } from '@/lib/live/chat-cache';
import { keys } from '@/lib/live/keys';
import { loadAgain } from '@/lib/live/load-again';

/** What is open before somebody's eyes is read; a page in the background reads nothing. Null: nobody is there who may. */
export function useMarkRead(chat: Chat | null): void {
  const client = useQueryClient();
  const id = chat?.id;
  const unread = chat?.unread ?? 0;
  const marked = chat?.markedUnread ?? false;
  useEffect(() => {
    if (id && marked) chats.markRead(id).catch(() => undefined);
    // At its opening: a mark that is made while it is open stays.
  }, [id]);
  useEffect(() => {
    if (!id || unread === 0) return;
    const mark = () => {
      if (document.visibilityState !== 'visible') return;
      changeChat(client, id, (each) => ({ ...each, unread: 0 }));
      // Should it fail, the list says again how many there are.
      chats.markRead(id).catch(() => loadAgain(client, keys.chatLists));
    };
    mark();
    document.addEventListener('visibilitychange', mark);
    return () => document.removeEventListener('visibilitychange', mark);
  }, [client, id, unread]);
}
