'use client';

import { useTranslations } from 'use-intl';
import { Skeleton } from './skeleton';

/** Holds the place of a table while its rows are coming. */
export function RowsSkeleton() {
  const t = useTranslations('common');
  return (
    <div role="status" aria-label={t('loading')} className="divide-y">
      {[0, 1, 2, 3].map((row) => (
        <div key={row} className="flex items-center gap-4 px-5 py-3.5">
          <Skeleton className="size-9 shrink-0 rounded-full" />
          <div className="grid flex-1 gap-1.5">
            <Skeleton className="h-4 w-full max-w-40" />
            <Skeleton className="h-3.5 w-full max-w-28" />
          </div>
          <Skeleton className="h-5 w-24 shrink-0 rounded-full" />
        </div>
      ))}
    </div>
  );
}
