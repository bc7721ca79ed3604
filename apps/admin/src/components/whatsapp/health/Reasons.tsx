'use client';

import type { HealthReport } from '@trunkline/contracts';
import { useTranslations } from 'use-intl';
import { Card, CardBody, CardHeader, CardTitle } from '@/components/ui/card';

/** Why accounts are not as they were, the most frequent first. */
export function Reasons({ report: { reasons } }: { report: HealthReport }) {
  const t = useTranslations('health');
  const words = useTranslations('reason');
  return (
    <Card aria-labelledby="reasons-title">
      <CardHeader>
        <CardTitle id="reasons-title">{t('reasons')}</CardTitle>
      </CardHeader>
      <CardBody>
        {reasons.length === 0 && <p className="text-ink-soft">{t('noReasons')}</p>}
        <ul className="grid gap-2">
          {reasons.map(({ reason, accounts }) => (
            <li key={reason} className="flex items-baseline justify-between gap-4">
              <span className="text-pretty">{words(reason)}</span>
              <span className="tabular font-medium">{accounts}</span>
            </li>
          ))}
        </ul>
      </CardBody>
    </Card>
  );
}
