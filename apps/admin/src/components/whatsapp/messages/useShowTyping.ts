'use client';

import { useEffect, useRef } from 'react';
import { chats } from '@/lib/api/whatsapp';

const AGAIN_MS = 10_000;
const PAUSE_MS = 5_000;

/** Shows people "typing…" while somebody writes here. Call with each change of the text. */
export function useShowTyping(chatId: string | null): (text: string) => void {
  const last = useRef(0);
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(pause.current), [chatId]);
  return (text) => {
    if (chatId === null) return;
    const show = (doing: 'typing' | 'paused') => void chats.show(chatId, doing).catch(() => undefined);
    clearTimeout(pause.current);
    if (text.trim() === '') {
      last.current = 0;
      return;
    }
    if (Date.now() - last.current > AGAIN_MS) {
      last.current = Date.now();
      show('typing');
    }
    pause.current = setTimeout(() => {
      last.current = 0;
      show('paused');
    }, PAUSE_MS);
  };
}
