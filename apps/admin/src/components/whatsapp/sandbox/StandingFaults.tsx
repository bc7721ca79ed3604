'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Card, CardBody, CardHeader, CardTitle } from '@/components/ui/card';
import { Skeleton } from '@/components/ui/skeleton';
import { faults } from '@/lib/api/sandbox';
import type { StandingFault } from '@/lib/api/sandbox-types';
import { formatPhone } from '@/lib/format/phone';
import { faultsQuery } from '@/lib/queries/sandbox';
import { useSandboxAct } from './useSandboxAct';

/** The faults that are set now; they are gone with the sandbox's process. */
export function StandingFaults() {
  const t = useTranslations('sandbox.fault');
  const { data } = useQuery(faultsQuery);
  const clearAll = useSandboxAct(() => faults.clearAll(), { done: t('cleared') });
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('standing')}</CardTitle>
        {data && data.length > 1 && (
          <Button size="small" busy={clearAll.isPending} onClick={() => clearAll.mutate(undefined)}>
            {t('clearAll')}
          </Button>
        )}
      </CardHeader>
      <CardBody>
        {!data && <Skeleton className="h-10" />}
        {data?.length === 0 && <p className="text-ink-soft">{t('noneSet')}</p>}
        <ul className="divide-y">
          {data?.map((fault) => (
            <Standing key={fault.id} fault={fault} />
          ))}
        </ul>
      </CardBody>
    </Card>
  );
}

function Standing({ fault }: { fault: StandingFault }) {
  const t = useTranslations('sandbox.fault');
  const clear = useSandboxAct(faults.clear, { done: t('cleared') });
  const { kind, ...details } = fault.effect;
  const said = Object.entries(details).map(
    ([name, value]) => `${name} ${Array.isArray(value) ? value.join('.') : String(value)}`,
  );
  return (
    <li className="flex items-center justify-between gap-3 py-2.5 first:pt-0 last:pb-0">
      <div className="min-w-0">
        <p className="font-medium">
          {t(`kinds.${kind}.name`)} <span className="font-normal text-ink-soft">{said.join(', ')}</span>
        </p>
        <p className="text-[0.8125rem] text-ink-soft">
          {fault.account === 'any' ? t('everybody') : formatPhone(fault.account)} ·{' '}
          {fault.phase ? t(`phases.${fault.phase}`) : t('always')} · {t('struck', { count: fault.struck })}
        </p>
      </div>
      <Button size="small" busy={clear.isPending} onClick={() => clear.mutate(fault.id)}>
        {t('clear')}
      </Button>
    </li>
  );
}
