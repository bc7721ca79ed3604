'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Skeleton } from '@/components/ui/skeleton';
import { itemsOf } from '@/lib/live/pages';
import { readAccount } from '@/lib/queries/account';
import { listMessages } from '@/lib/queries/messages';
import { QueryFailed } from '../QueryFailed';
import { Composer } from './Composer';
import { ConversationHeader } from './ConversationHeader';
import { fold, type Bubble } from './fold';
import { stillOutgoing } from './outgoing';
import { rowsOf } from './rows';
import { ThreadView } from './ThreadView';
import { threadKey, type Thread } from './thread';
import { useMarkRead } from './useMarkRead';
import { useSend } from './useSend';

interface ConversationProps {
  thread: Thread;
  onClose: () => void;
  /** The first message made the chat. */
  onBegun: (chatId: string) => void;
}

export function Conversation({ thread, onClose, onBegun }: ConversationProps) {
  const chatId = thread.chat?.id ?? null;
  const { data: account } = useQuery(readAccount(thread.accountId));
  const query = useInfiniteQuery({ ...listMessages(chatId ?? ''), enabled: chatId !== null });
  const { send, sending, again, discard } = useSend(thread, (message) => chatId === null && onBegun(message.chatId));
  const [quoted, setQuoted] = useState<Bubble | null>(null);
  useMarkRead(thread.chat);

  const messages = useMemo(() => itemsOf(query.data), [query.data]);
  const bubbles = useMemo(() => fold(messages), [messages]);
  const rows = useMemo(() => rowsOf(bubbles, stillOutgoing(sending, messages)), [bubbles, sending, messages]);
  const submit = (text: string) => {
    send(text, quoted?.message.id);
    setQuoted(null);
  };
  return (
    <>
      <ConversationHeader thread={thread} account={account} onClose={onClose} />
      {chatId !== null && query.isPending ? (
        <ThreadSkeleton />
      ) : query.isError && !query.data ? (
        <QueryFailed error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <ThreadView
          rows={rows}
          isGroup={thread.chat?.kind === 'group'}
          query={query}
          onReply={setQuoted}
          onAgain={again}
          onDiscard={discard}
        />
      )}
      <Composer
        threadKey={threadKey(thread)}
        account={account}
        quoted={quoted}
        onUnquote={() => setQuoted(null)}
        onSend={submit}
      />
    </>
  );
}

function ThreadSkeleton() {
  const t = useTranslations('common');
  return (
    <div role="status" aria-label={t('loading')} className="flex flex-1 flex-col justify-end gap-2 p-4">
      <Skeleton className="h-10 w-56 rounded-2xl" />
      <Skeleton className="h-10 w-40 self-end rounded-2xl" />
      <Skeleton className="h-16 w-64 rounded-2xl" />
    </div>
  );
}
