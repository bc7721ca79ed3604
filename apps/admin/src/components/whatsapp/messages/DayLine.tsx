'use client';

import { useFormatter, useTranslations } from 'use-intl';
import { dayKind } from '@/lib/format/day';
import { useNow } from '@/lib/hooks/useNow';

export function DayLine({ at }: { at: string }) {
  const t = useTranslations('time');
  const format = useFormatter();
  const kind = dayKind(at, useNow('half-minute'));
  const date = new Date(at);
  const text =
    kind === 'today' || kind === 'yesterday'
      ? t(kind)
      : format.dateTime(date, kind === 'week' ? { weekday: 'long' } : { dateStyle: 'long' });
  return (
    <div className="flex justify-center py-3">
      <time dateTime={at} className="rounded-full border bg-surface px-3 py-0.5 text-xs font-medium text-ink-soft">
        {text}
      </time>
    </div>
  );
}
