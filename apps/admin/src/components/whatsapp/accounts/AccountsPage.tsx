'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { Import, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Page } from '@/components/shell/Page';
import { May } from '@/components/shell/May';
import { Button } from '@/components/ui/button';
import { useUrlState } from '@/lib/hooks/useUrlState';
import { useWhatsAppWebSocket } from '@/lib/hooks/useWhatsAppWebSocket';
import { itemsOf } from '@/lib/live/pages';
import { listAccounts } from '@/lib/queries/account';
import { ListCard } from '../ListCard';
import { LoadMore } from '../LoadMore';
import { AccountFilters } from './AccountFilters';
import { AccountTable } from './AccountTable';
import { CreateAccountDialog } from './CreateAccountDialog';
import { FirstAccount } from './FirstAccount';
import { ImportDialog } from './ImportDialog';
import { RestoreProgress } from './RestoreProgress';
import { NothingFound } from '../NothingFound';

export function AccountsPage() {
  const t = useTranslations('accounts');
  const { get, set } = useUrlState();
  useWhatsAppWebSocket(null);
  const filter = { search: get('search'), status: get('status'), network: get('network') };
  const filtered = Object.values(filter).some(Boolean);
  const query = useInfiniteQuery(listAccounts(filter));
  const [creating, setCreating] = useState(false);
  const [importing, setImporting] = useState(false);
  const accounts = itemsOf(query.data);

  if (query.data && accounts.length === 0 && !filtered) {
    return (
      <Page title={t('title')}>
        <FirstAccount />
      </Page>
    );
  }
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        <May least="operator">
          <div className="flex flex-wrap gap-2">
            <Button onClick={() => setImporting(true)}>
              <Import aria-hidden />
              {t('import')}
            </Button>
            <Button variant="primary" onClick={() => setCreating(true)}>
              <Plus aria-hidden />
              {t('add')}
            </Button>
          </div>
        </May>
      }
    >
      <RestoreProgress />
      <AccountFilters filter={filter} onChange={set} />
      <ListCard
        query={query}
        isEmpty={accounts.length === 0}
        empty={<NothingFound onClear={() => set({ search: null, status: null, network: null })} />}
      >
        <AccountTable accounts={accounts} />
      </ListCard>
      <LoadMore query={query} />
      <ImportDialog open={importing} onOpenChange={setImporting} />
      <CreateAccountDialog open={creating} onOpenChange={setCreating} />
    </Page>
  );
}
