'use client';

import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useLive } from '@/lib/live/LiveProvider';

/** A part that is this late comes with the next connection, or not at all. */
const PATIENCE_MS = 120_000;

/** While the messages from before the link come in: how much of them is here. Nothing else is told of them. */
export function HistoryProgress({ accountId }: { accountId: string }) {
  const t = useTranslations('account');
  const { listenPassing } = useLive();
  const [percent, setPercent] = useState<number | null>(null);
  useEffect(() => {
    let late: ReturnType<typeof setTimeout> | undefined;
    const stop = listenPassing((told) => {
      if (told.event !== 'progress' || told.accountId !== accountId) return;
      clearTimeout(late);
      setPercent(told.payload.percent < 100 ? told.payload.percent : null);
      late = setTimeout(() => setPercent(null), PATIENCE_MS);
    });
    return () => {
      stop();
      clearTimeout(late);
    };
  }, [accountId, listenPassing]);
  if (percent === null) return null;
  return (
    <div className="rounded-xl bg-note-wash px-4 py-3">
      <p id="history-text" className="tabular text-note">
        {t('history', { percent })}
      </p>
      <div
        role="progressbar"
        aria-labelledby="history-text"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        className="mt-2 h-1.5 overflow-hidden rounded-full bg-surface"
      >
        <div className="h-full rounded-full bg-note transition-[width]" style={{ width: `${percent}%` }} />
      </div>
    </div>
  );
}
