'use client';

import type { Account, Messaging } from '@trunkline/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { May } from '@/components/shell/May';
import { Button } from '@/components/ui/button';
import { Card, CardBody, CardHeader, CardTitle } from '@/components/ui/card';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { Skeleton } from '@/components/ui/skeleton';
import { readMessaging } from '@/lib/queries/account';
import { QueryFailed } from '../../QueryFailed';
import { MessagingForm } from './MessagingForm';

/** How the account behaves towards people: read marks, calls, how long what they said is kept. */
export function MessagingCard({ account }: { account: Account }) {
  const t = useTranslations('messaging');
  const query = useQuery(readMessaging(account.id));
  const [open, setOpen] = useState(false);
  return (
    <Card aria-labelledby="messaging-title">
      <CardHeader>
        <CardTitle id="messaging-title">{t('title')}</CardTitle>
        <May least="operator">
          <Button size="small" disabled={!query.data} onClick={() => setOpen(true)}>
            {t('change')}
          </Button>
        </May>
      </CardHeader>
      <CardBody>
        {query.isPending && <Skeleton className="h-20 w-full" />}
        {query.isError && !query.data && <QueryFailed error={query.error} onRetry={() => void query.refetch()} />}
        {query.data && <MessagingView messaging={query.data} />}
      </CardBody>
      <Dialog open={open} onOpenChange={setOpen}>
        <DialogContent title={t('title')} description={t('text')}>
          {query.data && <MessagingForm accountId={account.id} messaging={query.data} done={() => setOpen(false)} />}
        </DialogContent>
      </Dialog>
    </Card>
  );
}

function MessagingView({
  messaging: { readReceipts, linkPreviews, simulateTyping, calls, callReply, keepDays },
}: {
  messaging: Messaging;
}) {
  const t = useTranslations('messaging');
  return (
    <dl className="grid gap-2.5 text-[0.8125rem]">
      <Line name={t('marks')}>{t(`reads.${readReceipts ? 'yes' : 'no'}`)}</Line>
      <Line name={t('previews')}>{t(`reads.${linkPreviews ? 'yes' : 'no'}`)}</Line>
      <Line name={t('typing')}>{t(`reads.${simulateTyping ? 'yes' : 'no'}`)}</Line>
      <Line name={t('calls')}>{t(`callsAre.${calls}`)}</Line>
      {calls === 'reject' && callReply !== null && (
        <Line name={t('reply')}>
          <span dir="auto" className="line-clamp-3 break-words">
            {callReply}
          </span>
        </Line>
      )}
      <Line name={t('kept')}>{t('keptFor', { days: keepDays ?? 0 })}</Line>
    </dl>
  );
}

const Line = ({ name, children }: { name: string; children: React.ReactNode }) => (
  <div className="flex justify-between gap-4">
    <dt className="shrink-0 text-ink-soft">{name}</dt>
    <dd className="min-w-0 text-end">{children}</dd>
  </div>
);
