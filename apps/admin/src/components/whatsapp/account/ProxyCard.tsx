'use client';

import type { Account, AccountProxy } from '@trunkline/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { toast } from 'sonner';
import { useTranslations } from 'use-intl';
import { useWays, wayOf, wishOf } from '@/components/proxies/useWays';
import { Button } from '@/components/ui/button';
import { Card, CardBody, CardHeader, CardTitle } from '@/components/ui/card';
import { Select } from '@/components/ui/select';
import { Skeleton } from '@/components/ui/skeleton';
import { proxies } from '@/lib/api/proxies';
import { useErrorText } from '@/lib/hooks/useErrorText';
import { useMay } from '@/lib/hooks/useMay';
import { keys } from '@/lib/live/keys';
import { paths } from '@/lib/navigation';
import { accountProxyQuery } from '@/lib/queries/proxies';

/** By which way the account goes to its network. A choice stands until it is saved or taken back. */
export function ProxyCard({ account }: { account: Account }) {
  const t = useTranslations('accountProxy');
  const mayChoose = useMay('operator');
  const { data: now } = useQuery(accountProxyQuery(account.id));
  return (
    <Card>
      <CardHeader>
        <CardTitle id="proxy-title">{t('title')}</CardTitle>
      </CardHeader>
      <CardBody>
        {!now && <Skeleton className="h-9 w-full" />}
        {now && !mayChoose && <p>{now.proxyId ? t('byProxy') : t('straight')}</p>}
        {now && mayChoose && <Choice account={account} now={now} />}
      </CardBody>
    </Card>
  );
}

function Choice({ account, now }: { account: Account; now: AccountProxy }) {
  const t = useTranslations('accountProxy');
  const common = useTranslations('common');
  const [chosen, setChosen] = useState<string | null>(null);
  const options = useWays(now);
  const assign = useAssign(account, () => setChosen(null));
  const value = chosen ?? wayOf(now);
  return (
    <div className="grid gap-3">
      <Select aria-labelledby="proxy-title" value={value} options={options} onValueChange={setChosen} />
      <p className="text-pretty text-[0.8125rem] text-ink-soft">{t('hint')}</p>
      {options.length === 1 && (
        <Button variant="link" asChild className="justify-self-start">
          <Link href={paths.proxies}>{t('add')}</Link>
        </Button>
      )}
      {chosen !== null && chosen !== wayOf(now) && (
        <div className="flex justify-end gap-2">
          <Button size="small" onClick={() => setChosen(null)}>
            {common('cancel')}
          </Button>
          <Button size="small" variant="primary" busy={assign.isPending} onClick={() => assign.mutate(wishOf(chosen))}>
            {t('save')}
          </Button>
        </div>
      )}
    </div>
  );
}

function useAssign(account: Account, done: () => void) {
  const t = useTranslations('accountProxy');
  const client = useQueryClient();
  const errorText = useErrorText();
  return useMutation({
    mutationFn: (wish: ReturnType<typeof wishOf>) => proxies.assign(account.id, wish),
    onSuccess: (assigned) => {
      client.setQueryData(keys.accountProxy(account.id), assigned);
      done();
      toast.success(t('saved', { name: account.name }));
    },
    onError: (error) => void toast.error(errorText(error)),
  });
}
