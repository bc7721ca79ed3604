'use client';

import { useEffect } from 'react';
import { chats } from '@/lib/api/whatsapp';

const AGAIN_MS = 10_000;

/** Shows people "recording…" in this chat for as long as somebody speaks. */
export function useShowRecording(chatId: string | null): void {
  useEffect(() => {
    if (chatId === null) return;
    const show = (doing: 'recording' | 'paused') => void chats.show(chatId, doing).catch(() => undefined);
    show('recording');
    const timer = setInterval(() => show('recording'), AGAIN_MS);
    return () => {
      clearInterval(timer);
      show('paused');
    };
  }, [chatId]);
}
