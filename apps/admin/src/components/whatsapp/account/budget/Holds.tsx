'use client';

import type { GovernorHold } from '@trunkline/contracts';
import { OctagonPause } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Until } from './Until';

/** What WhatsApp has limited; nobody can lift that by hand. */
export function Holds({ holds }: { holds: GovernorHold[] }) {
  const t = useTranslations('budget');
  if (holds.length === 0) return null;
  return (
    <ul aria-label={t('holds')} className="grid gap-2">
      {holds.map((hold) => (
        <li key={hold.code} className="flex gap-2.5 rounded-lg bg-warn-wash px-3 py-2.5 text-[0.8125rem] text-warn">
          <OctagonPause className="mt-0.5 size-4 shrink-0" aria-hidden />
          <span>
            {hold.message} <Until value={hold.until} className="font-semibold" />
          </span>
        </li>
      ))}
    </ul>
  );
}
