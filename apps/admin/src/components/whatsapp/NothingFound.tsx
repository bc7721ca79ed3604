'use client';

import { SearchX } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';

export function NothingFound({ onClear }: { onClear: () => void }) {
  const t = useTranslations('common');
  return (
    <EmptyState
      icon={SearchX}
      title={t('nothingFound')}
      actions={<Button onClick={onClear}>{t('clearFilters')}</Button>}
    >
      {t('nothingFoundHint')}
    </EmptyState>
  );
}
