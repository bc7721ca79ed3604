'use client';

import type { HealthFinding, HealthReport } from '@trunkline/contracts';
import { CircleCheck } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { Card, CardBody, CardHeader, CardTitle } from '@/components/ui/card';
import { useAllAccounts } from '@/lib/hooks/useAllAccounts';
import { paths } from '@/lib/navigation';
import { TimeAgo } from '../TimeAgo';

/** What the last run found, and what it did about it. */
export function Findings({ report: { lastRun } }: { report: HealthReport }) {
  const t = useTranslations('health');
  return (
    <Card aria-labelledby="findings-title">
      <CardHeader>
        <CardTitle id="findings-title">{t('lastRun')}</CardTitle>
        {lastRun && <TimeAgo value={lastRun.finishedAt} className="text-[0.8125rem] text-ink-soft" />}
      </CardHeader>
      <CardBody>
        {!lastRun && <p className="text-ink-soft">{t('noRun')}</p>}
        {lastRun?.findings.length === 0 && (
          <p className="flex items-center gap-2">
            <CircleCheck className="size-4.5 shrink-0 text-good" aria-hidden />
            {t('allWell', { accounts: lastRun.accounts })}
          </p>
        )}
        {lastRun && lastRun.findings.length > 0 && <FindingList findings={lastRun.findings} />}
      </CardBody>
    </Card>
  );
}

function FindingList({ findings }: { findings: HealthFinding[] }) {
  const t = useTranslations('toasts');
  const accounts = useAllAccounts();
  const nameOf = (id: string) => accounts?.find((account) => account.id === id)?.name ?? t('anAccount');
  return (
    <ul className="grid gap-4">
      {findings.map(({ kind, accountId, message, mend }) => (
        <li key={`${accountId} ${kind}`}>
          <Link href={paths.account(accountId)} className="font-medium underline-offset-4 hover:underline">
            {nameOf(accountId)}
          </Link>
          <p className="text-pretty">{message}</p>
          <p className="text-pretty text-ink-soft">{mend}</p>
        </li>
      ))}
    </ul>
  );
}
