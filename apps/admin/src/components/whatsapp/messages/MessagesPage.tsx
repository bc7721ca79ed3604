'use client';

import { MessagesSquare } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { EmptyState } from '@/components/ui/empty-state';
import { cn } from '@/lib/cn';
import { useUrlState } from '@/lib/hooks/useUrlState';
import { useWhatsAppWebSocket } from '@/lib/hooks/useWhatsAppWebSocket';
import { ChatPane } from './ChatPane';
import { Conversation } from './Conversation';
import { useThread } from './useThread';
import { threadKey } from './thread';

/** Chats beside the conversation; on a phone one of the two. */
export function MessagesPage() {
  const t = useTranslations('messages');
  const { get, set } = useUrlState();
  useWhatsAppWebSocket(null);
  const [begun, setBegun] = useState<{ to: string; chatId: string } | null>(null);
  const to = get('to');
  const chatId = get('chat') ?? (begun && begun.to === to ? begun.chatId : undefined);
  const { thread, missing } = useThread({ chatId, to, accountId: get('account') });
  const open = useCallback((chatId: string) => set({ chat: chatId, to: null }, { push: true }), [set]);
  const close = useCallback(() => set({ chat: null, to: null }), [set]);
  const asked = Boolean(chatId ?? to);

  // A chat that was to begin exists: its own address is the one to keep.
  const found = thread?.chat?.id;
  useEffect(() => {
    if (found && to) set({ chat: found, to: null });
  }, [found, to, set]);

  return (
    <div className="flex min-h-0 flex-[1_1_0px]">
      <h1 className="sr-only">{t('title')}</h1>
      <ChatPane chosen={thread?.chat?.id ?? null} onOpen={open} className={cn(asked && 'hidden md:flex')} />
      <section
        aria-label={t('conversation')}
        className={cn('min-w-0 flex-1 flex-col', asked ? 'flex' : 'hidden md:flex')}
      >
        {thread ? (
          <Conversation
            key={threadKey(thread)}
            thread={thread}
            onClose={close}
            onBegun={(id) => to && setBegun({ to, chatId: id })}
          />
        ) : (
          <NoThread asked={asked} missing={missing} />
        )}
      </section>
    </div>
  );
}

/** Nothing is chosen, or what an old link names is gone; while it is looked for, nothing is said. */
function NoThread({ asked, missing }: { asked: boolean; missing: boolean }) {
  const t = useTranslations('messages');
  if (asked && !missing) return null;
  return (
    <EmptyState icon={MessagesSquare} title={t(missing ? 'gone' : 'choose')} className="flex-1">
      {t('chooseHint')}
    </EmptyState>
  );
}
