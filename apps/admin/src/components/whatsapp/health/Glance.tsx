'use client';

import type { HealthReport } from '@trunkline/contracts';
import { useTranslations } from 'use-intl';
import { Card } from '@/components/ui/card';
import { cn } from '@/lib/cn';

/** The numbers that matter; what is wrong has a colour as soon as it is not nought. */
export function Glance({ report: { accounts, errors } }: { report: HealthReport }) {
  const t = useTranslations('health');
  const numbers: [name: string, value: string, colour?: string | false][] = [
    [t('connected'), t('ofAll', { count: accounts.connected, total: accounts.wantedOnline }), 'text-good'],
    [t('reconnecting'), String(accounts.reconnecting), accounts.reconnecting > 0 && 'text-warn'],
    [t('needPerson'), String(accounts.needPerson), accounts.needPerson > 0 && 'text-bad'],
    [t('errorsHour'), String(errors.lastHour), errors.lastHour > 0 && 'text-warn'],
    [t('errorsDay'), String(errors.lastDay)],
  ];
  return (
    <Card aria-label={t('glance')}>
      <dl className="grid grid-cols-2 gap-x-4 gap-y-5 p-5 sm:grid-cols-3 lg:grid-cols-5">
        {numbers.map(([name, value, colour]) => (
          <div key={name}>
            <dt className="text-[0.8125rem] text-ink-soft">{name}</dt>
            <dd className={cn('tabular mt-0.5 text-xl font-semibold tracking-tight', colour)}>{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
