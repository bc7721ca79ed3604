'use client';

import { useQuery } from '@tanstack/react-query';
import { FlaskConical, Megaphone, TriangleAlert, Users } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Page } from '@/components/shell/Page';
import { EmptyState } from '@/components/ui/empty-state';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs';
import { useUrlState } from '@/lib/hooks/useUrlState';
import { useWhatsAppWebSocket } from '@/lib/hooks/useWhatsAppWebSocket';
import { systemQuery } from '@/lib/queries/system';
import { FaultsTab } from './FaultsTab';
import { PeopleTab } from './PeopleTab';
import { PostsTab } from './PostsTab';
import { useSandboxChanges } from './useSandboxChanges';
import { WaitingAccounts } from './WaitingAccounts';

export function SandboxPage() {
  const t = useTranslations('sandbox');
  const { data: system } = useQuery(systemQuery);
  useWhatsAppWebSocket(null);
  return (
    <Page title={t('title')} lead={t('lead')}>
      {system && !system.networks.sandbox && (
        <EmptyState icon={FlaskConical} title={t('off')}>
          {t('offHint')}
        </EmptyState>
      )}
      {system?.networks.sandbox && <Sandbox />}
    </Page>
  );
}

function Sandbox() {
  const t = useTranslations('sandbox');
  const { get, set } = useUrlState();
  useSandboxChanges();
  return (
    <>
      <WaitingAccounts />
      <Tabs value={get('tab') ?? 'people'} onValueChange={(tab) => set({ tab: tab === 'people' ? null : tab })}>
        <TabsList aria-label={t('title')}>
          <TabsTrigger value="people">
            <Users aria-hidden />
            {t('people')}
          </TabsTrigger>
          <TabsTrigger value="posts">
            <Megaphone aria-hidden />
            {t('posts.title')}
          </TabsTrigger>
          <TabsTrigger value="faults">
            <TriangleAlert aria-hidden />
            {t('faults')}
          </TabsTrigger>
        </TabsList>
        <TabsContent value="people">
          <PeopleTab />
        </TabsContent>
        <TabsContent value="posts">
          <PostsTab />
        </TabsContent>
        <TabsContent value="faults">
          <FaultsTab />
        </TabsContent>
      </Tabs>
    </>
  );
}
