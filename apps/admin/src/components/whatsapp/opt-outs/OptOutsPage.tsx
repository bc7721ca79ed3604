'use client';

import type { OptOut } from '@trunkline/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Ban, Download, Plus, Upload } from 'lucide-react';
import { useCallback, useState } from 'react';
import { useTranslations } from 'use-intl';
import { May } from '@/components/shell/May';
import { Page } from '@/components/shell/Page';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Select } from '@/components/ui/select';
import { type OptOutFilter, optOuts } from '@/lib/api/opt-outs';
import { useUrlState } from '@/lib/hooks/useUrlState';
import { useWhatsAppWebSocket } from '@/lib/hooks/useWhatsAppWebSocket';
import { itemsOf } from '@/lib/live/pages';
import { listOptOuts } from '@/lib/queries/opt-outs';
import { ListCard } from '../ListCard';
import { LoadMore } from '../LoadMore';
import { NothingFound } from '../NothingFound';
import { SearchField } from '../SearchField';
import { AddOptOutDialog } from './AddOptOutDialog';
import { ConsentDialog } from './ConsentDialog';
import { ImportDialog } from './ImportDialog';
import { OptOutTable } from './OptOutTable';

const STATES = ['standing', 'lifted', 'all'] as const;
type State = (typeof STATES)[number];

export function OptOutsPage() {
  const t = useTranslations('optOuts');
  const { get, set } = useUrlState();
  useWhatsAppWebSocket(null);
  const [dialog, setDialog] = useState<'add' | 'import' | null>(null);
  const [consenting, setConsenting] = useState<OptOut | null>(null);
  const state = STATES.find((each) => each === get('state')) ?? 'standing';
  const filter: OptOutFilter = { state, search: get('search') };
  const query = useInfiniteQuery(listOptOuts(filter));
  const items = itemsOf(query.data);
  const search = useCallback((text: string) => set({ search: text || null }), [set]);
  const add = (
    <May least="operator">
      <Button variant="primary" onClick={() => setDialog('add')}>
        <Plus aria-hidden />
        {t('add')}
      </Button>
    </May>
  );
  return (
    <Page title={t('title')} lead={t('lead')} actions={<Actions onImport={() => setDialog('import')}>{add}</Actions>}>
      <div role="search" className="mb-4 grid gap-2 sm:flex">
        <SearchField className="sm:w-72" label={t('search')} value={filter.search} onChange={search} />
        <StateSelect value={state} onChange={(next) => set({ state: next === 'standing' ? null : next })} />
      </div>
      <ListCard
        query={query}
        isEmpty={items.length === 0}
        empty={
          filter.search ? (
            <NothingFound onClear={() => set({ search: null })} />
          ) : (
            <EmptyState icon={Ban} title={t('none')}>
              {t('noneHint')}
            </EmptyState>
          )
        }
      >
        <OptOutTable optOuts={items} onConsent={setConsenting} />
      </ListCard>
      <LoadMore query={query} />
      <AddOptOutDialog open={dialog === 'add'} onOpenChange={(open) => setDialog(open ? 'add' : null)} />
      <ImportDialog open={dialog === 'import'} onOpenChange={(open) => setDialog(open ? 'import' : null)} />
      <ConsentDialog optOut={consenting} onClose={() => setConsenting(null)} />
    </Page>
  );
}

function Actions({ onImport, children }: { onImport: () => void; children: React.ReactNode }) {
  const t = useTranslations('optOuts');
  return (
    <>
      <May least="admin">
        <Button asChild>
          <a href={optOuts.exportHref} download>
            <Download aria-hidden />
            {t('export')}
          </a>
        </Button>
        <Button onClick={onImport}>
          <Upload aria-hidden />
          {t('import')}
        </Button>
      </May>
      {children}
    </>
  );
}

function StateSelect({ value, onChange }: { value: State; onChange: (state: State) => void }) {
  const t = useTranslations('optOuts');
  return (
    <Select
      className="sm:w-56"
      aria-label={t('state.label')}
      value={value}
      onValueChange={(chosen) => onChange(chosen as State)}
      options={STATES.map((each) => ({ value: each, label: t(`state.${each}`) }))}
    />
  );
}
