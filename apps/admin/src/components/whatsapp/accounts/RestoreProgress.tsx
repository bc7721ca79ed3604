'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { restoreQuery } from '@/lib/queries/health';

/** After a start, while accounts come back: how many of how many. Nothing when all are there. */
export function RestoreProgress() {
  const t = useTranslations('restore');
  const { data } = useQuery(restoreQuery);
  if (!data || data.done >= data.total) return null;
  const { done, total } = data;
  return (
    <div className="mb-4 rounded-xl bg-note-wash px-4 py-3" data-testid="restore">
      <p id="restore-text" className="tabular text-note">
        {t('progress', { done, total })}
      </p>
      <div
        role="progressbar"
        aria-labelledby="restore-text"
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={done}
        className="mt-2 h-1.5 overflow-hidden rounded-full bg-surface"
      >
        <div className="h-full rounded-full bg-note transition-[width]" style={{ width: `${(100 * done) / total}%` }} />
      </div>
    </div>
  );
}
