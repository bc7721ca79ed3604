'use client';

import { useTranslations } from 'use-intl';

export function SkipLink() {
  const t = useTranslations('nav');
  return (
    <a
      href="#content"
      className="fixed start-3 top-3 z-50 -translate-y-20 rounded-lg bg-accent px-4 py-2 font-medium text-accent-ink focus-visible:translate-y-0"
    >
      {t('skip')}
    </a>
  );
}
