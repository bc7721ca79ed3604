'use client';

import type { Budget } from '@trunkline/contracts';
import { useTranslations } from 'use-intl';
import { Until } from './Until';

/** What waits, by kind, with what keeps it back. */
export function Waiting({ lanes }: Pick<Budget, 'lanes'>) {
  const t = useTranslations('budget');
  const told = lanes.filter(({ waiting }) => waiting > 0);
  if (told.length === 0) return <p className="text-[0.8125rem] text-ink-soft">{t('nothingWaits')}</p>;
  return (
    <ul aria-label={t('waiting')} className="divide-y rounded-lg border">
      {told.map(({ lane, waiting, held }) => (
        <li
          key={lane}
          className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-0.5 px-3 py-2 text-[0.8125rem]"
        >
          <span>
            <span className="font-medium">{t(`lane.${lane}`)}</span>
            {waiting > 0 && <span className="text-ink-soft"> · {t('waits', { count: waiting })}</span>}
          </span>
          <span className={held ? 'text-warn' : 'text-good'}>
            {held ? (
              <>
                {t(`held.${held.reason}`)} <Until value={held.until} />
              </>
            ) : (
              t('goes')
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
