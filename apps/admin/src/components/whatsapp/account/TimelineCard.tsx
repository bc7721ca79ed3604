'use client';

import type { Account } from '@trunkline/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Card, CardBody, CardHeader, CardTitle } from '@/components/ui/card';
import { RowsSkeleton } from '@/components/ui/rows-skeleton';
import { itemsOf } from '@/lib/live/pages';
import { readTimeline } from '@/lib/queries/account';
import { QueryFailed } from '../QueryFailed';
import { CopyDiagnostics } from './CopyDiagnostics';
import { TimelineLine } from './TimelineLine';

/** The account explains itself: what happened, why, and what was done; kept true by events. */
export function TimelineCard({ account }: { account: Account }) {
  const t = useTranslations('timeline');
  const common = useTranslations('common');
  const query = useInfiniteQuery(readTimeline(account.id));
  const entries = itemsOf(query.data);
  return (
    <Card aria-labelledby="timeline-title">
      <CardHeader className="flex-wrap">
        <CardTitle id="timeline-title">{t('title')}</CardTitle>
        <CopyDiagnostics accountId={account.id} />
      </CardHeader>
      <CardBody>
        {query.isPending && <RowsSkeleton />}
        {query.isError && !query.data && <QueryFailed error={query.error} onRetry={() => void query.refetch()} />}
        {query.data && entries.length === 0 && <p className="text-ink-soft">{t('none')}</p>}
        <ol className="grid gap-4">
          {entries.map((entry) => (
            <TimelineLine key={entry.position} entry={entry} />
          ))}
        </ol>
        {query.hasNextPage && (
          <Button
            size="small"
            className="mt-4"
            busy={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {common('loadMore')}
          </Button>
        )}
      </CardBody>
    </Card>
  );
}
