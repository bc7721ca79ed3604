'use client';

import type { TimelineEntry } from '@trunkline/contracts';
import { useTranslations } from 'use-intl';
import type { Tone } from '@/components/ui/badge';
import { cn } from '@/lib/cn';
import { TimeAgo } from '../TimeAgo';

const dots: Record<Tone, string> = {
  neutral: 'bg-ink-soft',
  good: 'bg-good',
  note: 'bg-note',
  warn: 'bg-warn',
  bad: 'bg-bad',
};

/** One thing that happened; its codes are one click away. */
export function TimelineLine({ entry }: { entry: TimelineEntry }) {
  const t = useTranslations('timeline');
  return (
    <li className="flex gap-3">
      <span aria-hidden className={cn('mt-[0.4375rem] size-2 shrink-0 rounded-full', dots[entry.tone])} />
      <div className="min-w-0 flex-1">
        <p className="text-pretty break-words">
          {entry.text}
          {entry.times > 1 && <span className="text-ink-soft"> {t('times', { times: entry.times })}</span>}
        </p>
        {entry.done && <p className="text-pretty text-ink-soft">{entry.done}</p>}
        <details className="mt-0.5 text-[0.8125rem] text-ink-soft">
          <summary className="w-fit cursor-pointer rounded-sm">
            <TimeAgo value={entry.at} />
          </summary>
          <code className="mt-1 block break-all" dir="ltr">
            {[entry.code.event, entry.code.reason, `#${entry.position}`].filter(Boolean).join(' · ')}
          </code>
        </details>
      </div>
    </li>
  );
}
