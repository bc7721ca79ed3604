'use client';

import { useTranslations } from 'use-intl';
import type { PersonCounts } from '@/lib/api/sandbox-types';
import { cn } from '@/lib/cn';

const shown = ['seen', 'sent', 'reused', 'unreadable'] as const;

/** What a phone counted; anything but zero in the last two means that encryption went wrong. */
export function Counts({ counts }: { counts: PersonCounts }) {
  const t = useTranslations('sandbox.counts');
  return (
    <dl className="grid grid-cols-2 content-start gap-x-4 gap-y-1">
      {shown.map((name) => (
        <div key={name} className="flex justify-between gap-2">
          <dt className="text-ink-soft">{t(name)}</dt>
          <dd
            className={cn(
              'tabular',
              (name === 'reused' || name === 'unreadable') && counts[name] > 0 && 'font-semibold text-bad',
            )}
          >
            {counts[name]}
          </dd>
        </div>
      ))}
    </dl>
  );
}
