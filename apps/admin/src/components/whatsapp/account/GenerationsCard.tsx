'use client';

import type { Account, Generation } from '@trunkline/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { May } from '@/components/shell/May';
import { ConfirmDialog } from '@/components/ui/alert-dialog';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Card, CardBody, CardHeader, CardTitle } from '@/components/ui/card';
import { RowsSkeleton } from '@/components/ui/rows-skeleton';
import { readGenerations } from '@/lib/queries/account';
import { QueryFailed } from '../QueryFailed';
import { TimeAgo } from '../TimeAgo';
import { useRestore } from './useRestore';

/** Saved states of the account's session; a person can choose one. */
export function GenerationsCard({ account }: { account: Account }) {
  const t = useTranslations('generations');
  const query = useQuery(readGenerations(account.id));
  const [chosen, setChosen] = useState<Generation>();
  const items = query.data?.items ?? [];
  return (
    <Card aria-labelledby="generations-title">
      <CardHeader>
        <CardTitle id="generations-title">{t('title')}</CardTitle>
      </CardHeader>
      <CardBody>
        <p className="mb-3 text-pretty text-ink-soft">{query.data && items.length === 0 ? t('none') : t('lead')}</p>
        {query.isPending && <RowsSkeleton />}
        {query.isError && !query.data && <QueryFailed error={query.error} onRetry={() => void query.refetch()} />}
        <ul className="grid gap-3">
          {items.map((generation) => (
            <Row key={generation.id} generation={generation} onRestore={() => setChosen(generation)} />
          ))}
        </ul>
      </CardBody>
      {chosen && <RestoreDialog account={account} generation={chosen} onClose={() => setChosen(undefined)} />}
    </Card>
  );
}

function Row({ generation, onRestore }: { generation: Generation; onRestore: () => void }) {
  const t = useTranslations('generations');
  const format = useFormatter();
  const { number, cause, createdAt, expiresAt, ended } = generation;
  return (
    <li className="flex items-start justify-between gap-3">
      <div className="min-w-0">
        <p>
          {t(`cause.${cause}`)} {ended && <Badge>{t('ended')}</Badge>}
        </p>
        <p className="text-[0.8125rem] text-ink-soft">
          <TimeAgo value={createdAt} />
          {expiresAt && <> · {t('kept', { date: format.dateTime(new Date(expiresAt), { dateStyle: 'medium' }) })}</>}
        </p>
      </div>
      <May least="operator">
        <Button size="small" aria-label={t('restoreOf', { number })} onClick={onRestore}>
          {t('restore')}
        </Button>
      </May>
    </li>
  );
}

interface RestoreDialogProps {
  account: Account;
  generation: Generation;
  onClose: () => void;
}

function RestoreDialog({ account, generation, onClose }: RestoreDialogProps) {
  const t = useTranslations('generations.confirm');
  const format = useFormatter();
  const restore = useRestore(account);
  const date = format.dateTime(new Date(generation.createdAt), { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('title', { date })}
      description={t(generation.ended ? 'ended' : 'text')}
      confirmLabel={t('action')}
      busy={restore.isPending}
      onConfirm={() => restore.mutate(generation.id, { onSuccess: onClose })}
    />
  );
}
