'use client';

import type { AccountQr } from '@trunkline/contracts';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { secondsUntil } from '@/lib/format/duration';
import { useNow } from '@/lib/hooks/useNow';
import { serverNow } from '@/lib/live/server-time';
import { CountdownRing } from './CountdownRing';

/** How long this code is good for; the next one comes by itself. Give it the text as `key`. */
export function QrCountdown({ qr }: { qr: AccountQr }) {
  const t = useTranslations('link');
  const [whole] = useState(() => Math.max(1, secondsUntil(qr.expiresAt, serverNow())));
  const left = secondsUntil(qr.expiresAt, useNow());
  return (
    <p className="tabular mt-3 flex items-center justify-center gap-2 text-[0.8125rem] text-ink-soft">
      <CountdownRing share={left / whole} />
      {left > 0 ? t('renewsIn', { seconds: left }) : t('renewing')}
    </p>
  );
}
