'use client';

import { May } from '@/components/shell/May';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { SendContent } from '@trunkline/contracts';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { Skeleton } from '@/components/ui/skeleton';
import { itemsOf } from '@/lib/live/pages';
import { useLeaveWarning } from '@/lib/hooks/useLeaveWarning';
import { useMay } from '@/lib/hooks/useMay';
import { Upload } from '@/lib/upload/upload';
import { readAccount } from '@/lib/queries/account';
import { listMessages } from '@/lib/queries/messages';
import { QueryFailed } from '../QueryFailed';
import { Blocked } from './Blocked';
import { ConversationContext } from './bubble/conversation';
import { AttachDialog } from './attach/AttachDialog';
import { contentOfDraft, type Draft } from './attach/draft';
import { DropZone } from './attach/DropZone';
import { useDrafts } from './attach/useDrafts';
import { ForwardDialog } from './compose/ForwardDialog';
import { Composer } from './Composer';
import { ConversationHeader } from './ConversationHeader';
import { OptedOut } from './OptedOut';
import { Lightbox } from './lightbox/Lightbox';
import { type Extras, stillOutgoing } from './outgoing';
import { useConversationActs } from './useConversationActs';
import { type Row, rowsOf } from './rows';
import { ThreadView } from './ThreadView';
import { threadKey, type Thread } from './thread';
import { useMarkRead } from './useMarkRead';
import { useSend, type Sending } from './useSend';

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
  const { acts, about, clear, forwarding, stopForwarding, shown, viewed, view } = useConversationActs(send);
  const files = useDrafts();
  const mayWrite = useMay('operator');
  useLeaveWarning(sending.some(({ upload, status }) => upload && status === 'pending'));
  useMarkRead(mayWrite ? thread.chat : null);

  const messages = useMemo(() => itemsOf(query.data), [query.data]);
  const rows = useMemo(() => rowsOf(messages, standing(stillOutgoing(sending, messages))), [sending, messages]);
  const canAsk = mayWrite && account?.state.connection === 'connected';
  const atEnd = query.data !== undefined && !query.hasNextPage && messages.length > 0;
  const all = useMemo<Row[]>(
    () =>
      canAsk && atEnd && thread.chat?.historyComplete === false ? [{ kind: 'older', key: 'older' }, ...rows] : rows,
    [canAsk, atEnd, thread.chat?.historyComplete, rows],
  );
  const submit = (content: SendContent, extras: Extras = {}) => {
    if (about?.act === 'edit' && content.kind === 'text')
      send({ kind: 'edit', text: content.text, messageId: about.message.id });
    else send(content, { quotedMessageId: about?.message.id, ...extras });
    clear();
  };
  const sendFiles = (drafts: Draft[]) => {
    files.clear();
    for (const [index, draft] of drafts.entries()) {
      const content = contentOfDraft(draft);
      const quotedMessageId = index === 0 ? about?.message.id : undefined;
      const upload = new Upload(thread.accountId, draft.file);
      if (content) send(content, { quotedMessageId, upload, viewOnce: draft.viewOnce });
    }
    clear();
  };
  return (
    <ConversationContext value={acts}>
      <ConversationHeader thread={thread} account={account} onClose={onClose} />
      <DropZone enabled={mayWrite && files.drafts.length === 0} onOffer={files.offer}>
        {chatId !== null && query.isPending ? (
          <ThreadSkeleton />
        ) : query.isError && !query.data ? (
          <QueryFailed error={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <ThreadView
            rows={all}
            chatId={chatId}
            isGroup={thread.chat?.kind === 'group'}
            query={query}
            shown={shown}
            onAgain={again}
            onDiscard={discard}
          />
        )}
        {thread.chat && <Blocked chat={thread.chat} />}
        <OptedOut personId={thread.chat?.personId ?? null} />
        <May least="operator">
          <Composer
            threadKey={threadKey(thread)}
            chatId={chatId}
            account={account}
            about={about}
            onClear={clear}
            onSend={submit}
            onFiles={files.offer}
          />
        </May>
      </DropZone>
      <AttachDialog
        drafts={files.drafts}
        onOffer={files.offer}
        onChange={files.change}
        onRemove={files.remove}
        onClose={files.clear}
        onSend={sendFiles}
      />
      <Lightbox messages={messages} shown={viewed} onShow={view} />
      <ForwardDialog message={forwarding} onClose={stopForwarding} />
    </ConversationContext>
  );
}

/** A reaction or a vote on its way has no row of its own; what failed has one, to be tried again. */
const standing = (sending: Sending[]): Sending[] =>
  sending.filter(({ body, status }) => status === 'error' || !body.content || !('messageId' in body.content));

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
