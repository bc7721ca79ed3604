'use client';

import { useFormatter, useTranslations } from 'use-intl';
import { useNow } from '@/lib/hooks/useNow';

const DAY_MS = 24 * 3_600_000;

/** "until 14:20", with the day where that is not soon, and the exact time on hover. */
export function Until({ value, className }: { value: string; className?: string }) {
  const t = useTranslations('budget');
  const format = useFormatter();
  const now = useNow('half-minute');
  const at = new Date(value);
  const far = at.getTime() - now > DAY_MS;
  const text = format.dateTime(at, far ? { dateStyle: 'medium', timeStyle: 'short' } : { timeStyle: 'short' });
  return (
    <time
      dateTime={value}
      title={format.dateTime(at, { dateStyle: 'full', timeStyle: 'medium' })}
      className={className}
    >
      {t('until', { time: text })}
    </time>
  );
}
