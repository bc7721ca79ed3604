'use client';

import type { UseQueryResult } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { May } from '@/components/shell/May';
import { Button } from '@/components/ui/button';
import { Card, CardBody, CardHeader, CardTitle } from '@/components/ui/card';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { Skeleton } from '@/components/ui/skeleton';
import { QueryFailed } from '../QueryFailed';

interface SettingsCardProps<Settings> {
  /** Where `title`, `change` and `text` of the card are. */
  texts: 'profile' | 'messaging';
  /** Null: there are none. */
  query: UseQueryResult<Settings | null>;
  /** They cannot be changed now. */
  locked?: boolean;
  children: (settings: Settings) => ReactNode;
  form: (settings: Settings, done: () => void) => ReactNode;
}

/** What is set of an account, and a dialog in which who may changes it. */
export function SettingsCard<Settings extends object>({
  texts,
  query,
  locked,
  children,
  form,
}: SettingsCardProps<Settings>) {
  const t = useTranslations(texts);
  const [open, setOpen] = useState(false);
  const { data } = query;
  return (
    <Card aria-labelledby={`${texts}-title`}>
      <CardHeader>
        <CardTitle id={`${texts}-title`}>{t('title')}</CardTitle>
        <May least="operator">
          <Button size="small" disabled={!data || locked} onClick={() => setOpen(true)}>
            {t('change')}
          </Button>
        </May>
      </CardHeader>
      <CardBody>
        {query.isPending && <Skeleton className="h-20 w-full" />}
        {query.isError && !data && <QueryFailed error={query.error} onRetry={() => void query.refetch()} />}
        {data && children(data)}
      </CardBody>
      <Dialog open={open} onOpenChange={setOpen}>
        <DialogContent title={t('title')} description={t('text')}>
          {data && form(data, () => setOpen(false))}
        </DialogContent>
      </Dialog>
    </Card>
  );
}
