'use client';

import type { Account, Budget } from '@trunkline/contracts';
import { useQuery } from '@tanstack/react-query';
import { SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { May } from '@/components/shell/May';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Card, CardBody, CardHeader, CardTitle } from '@/components/ui/card';
import { Skeleton } from '@/components/ui/skeleton';
import { readBudget } from '@/lib/queries/governor';
import { QueryFailed } from '../../QueryFailed';
import { BudgetBar } from './BudgetBar';
import { Holds } from './Holds';
import { LimitsDialog } from './LimitsDialog';
import { Waiting } from './Waiting';

/** What the account may still send, what waits, and why: the governor's own view, kept true by events. */
export function BudgetCard({ account }: { account: Account }) {
  const t = useTranslations('budget');
  const query = useQuery(readBudget(account.id));
  const [open, setOpen] = useState(false);
  return (
    <Card aria-labelledby="budget-title">
      <CardHeader>
        <div className="flex flex-wrap items-center gap-2">
          <CardTitle id="budget-title">{t('title')}</CardTitle>
          {query.data && <Badge>{t(`profile.${query.data.profile}`)}</Badge>}
        </div>
        <May least="admin">
          <Button size="small" onClick={() => setOpen(true)}>
            <SlidersHorizontal aria-hidden />
            {t('change')}
          </Button>
        </May>
      </CardHeader>
      <CardBody>
        {query.isPending && <Skeleton className="h-28 w-full" />}
        {query.isError && !query.data && <QueryFailed error={query.error} onRetry={() => void query.refetch()} />}
        {query.data && <BudgetView budget={query.data} />}
      </CardBody>
      <LimitsDialog accountId={account.id} open={open} onOpenChange={setOpen} />
    </Card>
  );
}

function BudgetView({ budget }: { budget: Budget }) {
  const t = useTranslations('budget');
  const { sends, firstContacts, quietHours, timeZone } = budget;
  return (
    <div className="grid gap-5">
      <Holds holds={budget.holds} />
      <div className="grid gap-4 sm:grid-cols-2">
        <BudgetBar name={t('sends')} {...sends} kept={sends.keptForReplies}>
          {t('sendsPace', { perMinute: sends.perMinute, atOnce: sends.atOnce })}
        </BudgetBar>
        <BudgetBar name={t('firstContacts')} {...firstContacts}>
          {t('firstContactsPace', { perHour: firstContacts.perHour, atOnce: firstContacts.atOnce })}
        </BudgetBar>
      </div>
      <Waiting lanes={budget.lanes} />
      <p className="text-[0.8125rem] text-ink-soft">
        {quietHours ? t('quiet', { from: quietHours.from, to: quietHours.to, zone: timeZone }) : t('noQuiet')}
      </p>
    </div>
  );
}
