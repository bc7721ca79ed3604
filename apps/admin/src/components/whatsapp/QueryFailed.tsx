'use client';

import { useTranslations } from 'use-intl';
import { ErrorState } from '@/components/ui/error-state';
import { useErrorText } from '@/lib/hooks/useErrorText';

export function QueryFailed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const t = useTranslations('common');
  const errorText = useErrorText();
  return <ErrorState title={t('loadFailed')} message={errorText(error)} onRetry={onRetry} />;
}
