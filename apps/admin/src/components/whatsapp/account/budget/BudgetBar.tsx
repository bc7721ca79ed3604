'use client';

import type { ReactNode } from 'react';
import { useId } from 'react';
import { useTranslations } from 'use-intl';
import { cn } from '@/lib/cn';

interface BudgetBarProps {
  name: string;
  used: number;
  limit: number;
  left: number;
  /** Of the limit, what only replies may use. */
  kept?: number;
  nextAt: string | null;
  children: ReactNode;
}

/** How much of a day's limit is used, as a bar; what is kept for replies is hatched. */
export function BudgetBar({ name, used, limit, left, kept = 0, children }: BudgetBarProps) {
  const t = useTranslations('budget');
  const id = useId();
  const share = limit === 0 ? 1 : Math.min(1, used / limit);
  const tone = left === 0 ? 'bg-bad' : left <= Math.max(kept, limit * 0.2) ? 'bg-warn' : 'bg-accent';
  return (
    <div>
      <div className="mb-1.5 flex items-baseline justify-between gap-2">
        <h3 id={id} className="text-[0.8125rem] font-medium">
          {name}
        </h3>
        <p className="tabular text-[0.8125rem] text-ink-soft">{t('left', { left })}</p>
      </div>
      <div
        role="meter"
        aria-labelledby={id}
        aria-valuemin={0}
        aria-valuemax={limit}
        aria-valuenow={Math.min(used, limit)}
        aria-valuetext={t('used', { used, limit })}
        className="relative h-2.5 overflow-hidden rounded-full bg-sunken"
      >
        {kept > 0 && (
          <span
            className="absolute inset-y-0 end-0 bg-line-strong/60"
            style={{ inlineSize: `${(kept / limit) * 100}%` }}
            title={t('kept', { kept })}
          />
        )}
        <span
          className={cn('absolute inset-y-0 start-0 rounded-full transition-[inline-size] duration-500', tone)}
          style={{ inlineSize: `${share * 100}%` }}
        />
      </div>
      <p className="tabular mt-1.5 text-xs text-ink-soft">
        {t('used', { used, limit })} · {children}
        {kept > 0 && <> · {t('kept', { kept })}</>}
      </p>
    </div>
  );
}
