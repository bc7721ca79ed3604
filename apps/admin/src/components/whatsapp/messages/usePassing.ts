'use client';

import type { EphemeralEnvelope } from '@trunkline/contracts';
import { useEffect, useState } from 'react';
import { chats } from '@/lib/api/whatsapp';
import { useLive } from '@/lib/live/LiveProvider';

/** WhatsApp says it again every ten seconds for as long as it is so. */
const TYPING_MS = 12_000;

type Typing = Extract<EphemeralEnvelope, { event: 'typing' }>['payload'];
type Presence = Extract<EphemeralEnvelope, { event: 'presence' }>['payload'];

/** Who types in a chat now, and whether its person is there. A chat that is not open is not watched. */
export function usePassing(chatId: string | null): { typing: Typing | null; presence: Presence | null } {
  const { listenPassing } = useLive();
  const [typing, setTyping] = useState<Typing | null>(null);
  const [presence, setPresence] = useState<Presence | null>(null);
  useEffect(() => {
    if (chatId === null) return;
    let over: ReturnType<typeof setTimeout> | undefined;
    const stop = listenPassing(({ event, payload }) => {
      if (event === 'progress' || payload.chatId !== chatId) return;
      if (event === 'presence') return setPresence(payload);
      clearTimeout(over);
      setTyping(payload.doing === 'paused' ? null : payload);
      over = setTimeout(() => setTyping(null), TYPING_MS);
    });
    // Where it cannot be watched, an account that is offline for example, nothing is shown.
    chats.watch(chatId).catch(() => undefined);
    return () => {
      stop();
      clearTimeout(over);
      setTyping(null);
      setPresence(null);
    };
  }, [chatId, listenPassing]);
  return { typing, presence };
}
