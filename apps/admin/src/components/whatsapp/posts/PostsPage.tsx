'use client';

import { CircleDashed, Radio } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Page } from '@/components/shell/Page';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs';
import { useUrlState } from '@/lib/hooks/useUrlState';
import { useWhatsAppWebSocket } from '@/lib/hooks/useWhatsAppWebSocket';
import { AccountSelect } from '../AccountSelect';
import { ChannelsTab } from './ChannelsTab';
import { StatusTab } from './StatusTab';

/** What people post for many. It is read only, and nobody is told that it was read. */
export function PostsPage() {
  const t = useTranslations('posts');
  const { get, set } = useUrlState();
  useWhatsAppWebSocket(null);
  const accountId = get('account');
  const filter = accountId === undefined ? {} : { accountId };
  return (
    <Page title={t('title')} lead={t('lead')}>
      <Tabs value={get('tab') ?? 'status'} onValueChange={(tab) => set({ tab: tab === 'status' ? null : tab })}>
        <div className="flex flex-wrap items-center gap-2">
          <TabsList aria-label={t('title')}>
            <TabsTrigger value="status">
              <CircleDashed aria-hidden />
              {t('status')}
            </TabsTrigger>
            <TabsTrigger value="channels">
              <Radio aria-hidden />
              {t('channels')}
            </TabsTrigger>
          </TabsList>
          <AccountSelect className="sm:w-56" value={accountId} onChange={(id) => set({ account: id, channel: null })} />
        </div>
        <TabsContent value="status">
          <StatusTab filter={filter} />
        </TabsContent>
        <TabsContent value="channels">
          <ChannelsTab
            filter={filter}
            chosen={get('channel')}
            onChoose={(id) => set({ channel: id }, { push: true })}
          />
        </TabsContent>
      </Tabs>
    </Page>
  );
}
