'use client';

import { Terminal } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { AuthCard } from './AuthCard';

/** Nobody owns this installation yet: the way in is the link in the terminal, and only there. */
export function SetupNeeded() {
  const t = useTranslations('setupNeeded');
  return (
    <AuthCard title={t('title')} lead={t('lead')}>
      <div className="flex gap-3">
        <Terminal className="mt-0.5 size-5 shrink-0 text-accent" aria-hidden />
        <div className="grid gap-2">
          <p>{t('where')}</p>
          <p className="text-ink-soft">{t('expired')}</p>
        </div>
      </div>
    </AuthCard>
  );
}
