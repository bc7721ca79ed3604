'use client';

import { useQuery } from '@tanstack/react-query';
import { Eye } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { meQuery } from '@/lib/queries/system';

/** Why a viewer sees no buttons. */
export function ViewerNote() {
  const t = useTranslations('user');
  const { data: me } = useQuery(meQuery);
  if (me?.role !== 'viewer') return null;
  return (
    <p className="flex items-center gap-2 border-b bg-sunken px-4 py-2 text-[0.8125rem] text-ink-soft md:px-8">
      <Eye className="size-4 shrink-0" aria-hidden />
      {t('viewerNote')}
    </p>
  );
}
