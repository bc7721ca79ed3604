'use client';

import { useTranslations } from 'use-intl';
import { ErrorState } from '@/components/ui/error-state';

/** A fault of ours in one page leaves the rest of the dashboard standing. */
export default function PageFault({ retry }: { error: Error; retry: () => void }) {
  const t = useTranslations('common');
  return <ErrorState className="flex-1" title={t('pageFault')} message={t('pageFaultHint')} onRetry={retry} />;
}
