'use client';

import { useFormatter } from 'use-intl';
import { useNow } from '@/lib/hooks/useNow';

/** "5 minutes ago", with the exact time on hover. */
export function TimeAgo({ value, className }: { value: string; className?: string }) {
  const format = useFormatter();
  const now = useNow('half-minute');
  const at = new Date(value);
  return (
    <time
      dateTime={value}
      title={format.dateTime(at, { dateStyle: 'full', timeStyle: 'medium' })}
      className={className}
    >
      {format.relativeTime(Math.min(at.getTime(), now), now)}
    </time>
  );
}
