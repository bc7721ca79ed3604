'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { Users } from 'lucide-react';
import { useCallback } from 'react';
import { useTranslations } from 'use-intl';
import { Page } from '@/components/shell/Page';
import { EmptyState } from '@/components/ui/empty-state';
import { useUrlState } from '@/lib/hooks/useUrlState';
import { useWhatsAppWebSocket } from '@/lib/hooks/useWhatsAppWebSocket';
import { itemsOf } from '@/lib/live/pages';
import { listGroups } from '@/lib/queries/groups';
import { AccountSelect } from '../AccountSelect';
import { ListCard } from '../ListCard';
import { LoadMore } from '../LoadMore';
import { NothingFound } from '../NothingFound';
import { SearchField } from '../SearchField';
import { GroupTable } from './GroupTable';
import { MembersSheet } from './MembersSheet';

export function GroupsPage() {
  const t = useTranslations('groups');
  const { get, set } = useUrlState();
  useWhatsAppWebSocket(null);
  const filter = { accountId: get('account'), search: get('search') };
  const query = useInfiniteQuery(listGroups(filter));
  const groups = itemsOf(query.data);
  const filtered = Boolean(filter.accountId ?? filter.search);
  const search = useCallback((text: string) => set({ search: text || null }), [set]);
  return (
    <Page title={t('title')} lead={t('lead')}>
      <div role="search" className="mb-4 grid gap-2 sm:flex">
        <SearchField className="sm:w-72" label={t('search')} value={filter.search} onChange={search} />
        <AccountSelect className="sm:w-56" value={filter.accountId} onChange={(id) => set({ account: id })} />
      </div>
      <ListCard
        query={query}
        isEmpty={groups.length === 0}
        empty={
          filtered ? (
            <NothingFound onClear={() => set({ search: null, account: null })} />
          ) : (
            <EmptyState icon={Users} title={t('none')}>
              {t('noneHint')}
            </EmptyState>
          )
        }
      >
        <GroupTable groups={groups} onOpen={(id) => set({ group: id }, { push: true })} />
      </ListCard>
      <LoadMore query={query} />
      <MembersSheet
        groupId={get('group') ?? null}
        group={groups.find(({ id }) => id === get('group'))}
        onClose={() => set({ group: null })}
      />
    </Page>
  );
}
