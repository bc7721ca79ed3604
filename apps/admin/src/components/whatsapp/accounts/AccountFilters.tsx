'use client';

import { ACCOUNT_STATUSES, NETWORKS } from '@trunkline/contracts';
import { useCallback } from 'react';
import { useTranslations } from 'use-intl';
import { Select } from '@/components/ui/select';
import type { AccountFilter } from '@/lib/api/whatsapp';
import { SearchField } from '../SearchField';

const ANY = 'any';

interface AccountFiltersProps {
  filter: AccountFilter;
  onChange: (changes: Record<string, string | null>) => void;
}

export function AccountFilters({ filter, onChange }: AccountFiltersProps) {
  const t = useTranslations();
  const choose = (name: string) => (value: string) => onChange({ [name]: value === ANY ? null : value });
  const search = useCallback((value: string) => onChange({ search: value || null }), [onChange]);
  return (
    <div role="search" className="mb-4 grid grid-cols-2 gap-2 sm:flex">
      <SearchField
        className="col-span-2 sm:w-72"
        label={t('accounts.search')}
        value={filter.search}
        onChange={search}
      />
      <Select
        className="sm:w-44"
        aria-label={t('accounts.status')}
        value={filter.status ?? ANY}
        onValueChange={choose('status')}
        options={[
          { value: ANY, label: t('accounts.anyStatus') },
          ...ACCOUNT_STATUSES.map((status) => ({ value: status, label: t(`status.${status}.title`) })),
        ]}
      />
      <Select
        className="sm:w-44"
        aria-label={t('accounts.network')}
        value={filter.network ?? ANY}
        onValueChange={choose('network')}
        options={[
          { value: ANY, label: t('accounts.anyNetwork') },
          ...NETWORKS.map((network) => ({ value: network, label: t(`network.${network}`) })),
        ]}
      />
    </div>
  );
}
