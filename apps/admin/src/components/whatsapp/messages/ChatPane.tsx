'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { Archive, MessageSquarePlus } from 'lucide-react';
import { useCallback, useState } from 'react';
import { useTranslations } from 'use-intl';
import { May } from '@/components/shell/May';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Tooltip } from '@/components/ui/tooltip';
import { cn } from '@/lib/cn';
import { useUrlState } from '@/lib/hooks/useUrlState';
import { itemsOf } from '@/lib/live/pages';
import { listChats } from '@/lib/queries/messages';
import { AccountSelect } from '../AccountSelect';
import { NothingFound } from '../NothingFound';
import { QueryFailed } from '../QueryFailed';
import { SearchField } from '../SearchField';
import { ChatList, ChatListSkeleton } from './ChatList';
import { FoundMessages } from './FoundMessages';
import { NewChatDialog } from './NewChatDialog';

interface ChatPaneProps {
  chosen: string | null;
  onOpen: (chatId: string) => void;
  className?: string;
}

export function ChatPane({ chosen, onOpen, className }: ChatPaneProps) {
  const t = useTranslations('messages');
  const { get, set } = useUrlState();
  const [creating, setCreating] = useState(false);
  const archived = get('archived') !== undefined;
  const filter = { accountId: get('account'), search: get('search') };
  // Who searches finds all of them.
  const query = useInfiniteQuery(listChats(filter.search ? filter : { ...filter, archived }));
  const chats = itemsOf(query.data);
  const search = useCallback((text: string) => set({ search: text || null }), [set]);
  return (
    <section
      aria-label={t('chats')}
      className={cn('flex w-full min-w-0 flex-col border-e bg-surface md:w-80 lg:w-96', className)}
    >
      <div className="grid gap-2 border-b p-3">
        <div className="flex gap-2">
          <AccountSelect
            className="flex-1"
            value={get('account')}
            onChange={(id) => set({ account: id, chat: null, to: null })}
          />
          <Tooltip text={t(archived ? 'chat.showAll' : 'chat.showArchived')} side="bottom">
            <Button
              size="icon"
              aria-pressed={archived}
              aria-label={t('chat.showArchived')}
              className={cn(archived && 'bg-accent-wash text-accent')}
              onClick={() => set({ archived: archived ? null : '1' })}
            >
              <Archive />
            </Button>
          </Tooltip>
          <May least="operator">
            <Tooltip text={t('newChat')} side="bottom">
              <Button size="icon" aria-label={t('newChat')} onClick={() => setCreating(true)}>
                <MessageSquarePlus />
              </Button>
            </Tooltip>
          </May>
        </div>
        <SearchField label={t('search')} value={filter.search} onChange={search} />
      </div>
      <div className="flex min-h-0 flex-1 flex-col">
        {query.isPending && <ChatListSkeleton />}
        {query.isError && !query.data && <QueryFailed error={query.error} onRetry={() => void query.refetch()} />}
        {chats.length > 0 && (
          <div className="min-h-18 flex-1">
            <ChatList chats={chats} chosen={chosen} onOpen={onOpen} query={query} />
          </div>
        )}
        {query.data && chats.length === 0 && !filter.search && !archived && <NoChats onNew={() => setCreating(true)} />}
        {query.data && chats.length === 0 && !filter.search && archived && (
          <EmptyState icon={Archive} title={t('chat.noArchived')}>
            {t('chat.noArchivedHint')}
          </EmptyState>
        )}
        {query.data && filter.search && (
          <FoundMessages
            text={filter.search}
            accountId={filter.accountId}
            onOpen={onOpen}
            none={chats.length === 0 && <NothingFound onClear={() => search('')} />}
          />
        )}
      </div>
      <NewChatDialog open={creating} onOpenChange={setCreating} accountId={filter.accountId} />
    </section>
  );
}

function NoChats({ onNew }: { onNew: () => void }) {
  const t = useTranslations('messages');
  return (
    <EmptyState
      icon={MessageSquarePlus}
      title={t('noChats')}
      actions={
        <Button variant="primary" onClick={onNew}>
          {t('newChat')}
        </Button>
      }
    >
      {t('noChatsHint')}
    </EmptyState>
  );
}
