'use client';

import type { Message, SendContent } from '@trunkline/contracts';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { ConversationActs } from './bubble/conversation';

/** The message that the composer writes about. */
export interface About {
  act: 'reply' | 'edit';
  message: Message;
}

/** A message that was jumped to stays marked for this long. */
const SHOWN_MS = 2_000;

export function useConversationActs(send: (content: SendContent) => void) {
  const [about, setAbout] = useState<About | null>(null);
  const [forwarding, setForwarding] = useState<Message | null>(null);
  const [shown, setShown] = useState<string | null>(null);
  const [viewed, view] = useState<string | null>(null);
  const latest = useRef(send);
  useEffect(() => {
    latest.current = send;
  });
  useEffect(() => {
    if (shown === null) return;
    const timer = setTimeout(() => setShown(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [shown]);
  // One for the life of the conversation: a bubble that looks it up is not drawn again for it.
  const acts = useMemo<ConversationActs>(
    () => ({
      send: (content) => latest.current(content),
      reply: (message) => setAbout({ act: 'reply', message }),
      edit: (message) => setAbout({ act: 'edit', message }),
      forward: setForwarding,
      show: setShown,
      view,
    }),
    [],
  );
  return {
    acts,
    about,
    clear: () => setAbout(null),
    forwarding,
    stopForwarding: () => setForwarding(null),
    shown,
    viewed,
    view,
  };
}
