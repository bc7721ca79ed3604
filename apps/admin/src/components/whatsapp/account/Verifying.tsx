'use client';

import { ScanLine } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';

export function Verifying() {
  const t = useTranslations('link');
  return (
    <Card>
      <EmptyState icon={ScanLine} title={t('verifying')}>
        {t('verifyingHint')}
      </EmptyState>
    </Card>
  );
}
