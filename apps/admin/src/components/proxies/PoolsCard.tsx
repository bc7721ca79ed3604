'use client';

import { type ProxyPool, proxyPoolCreateSchema } from '@trunkline/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { toast } from 'sonner';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Card, CardBody, CardHeader, CardTitle } from '@/components/ui/card';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { proxyPools } from '@/lib/api/proxies';
import { checkForm } from '@/lib/check-form';
import { useErrorText } from '@/lib/hooks/useErrorText';
import { useMay } from '@/lib/hooks/useMay';
import { keys } from '@/lib/live/keys';
import { proxiesQuery, proxyPoolsQuery } from '@/lib/queries/proxies';

/** Names under which proxies stand together; deleting one changes nothing for any account, so it is not asked about. */
export function PoolsCard() {
  const t = useTranslations('pools');
  const { data: pools = [] } = useQuery(proxyPoolsQuery);
  const mayChange = useMay('admin');
  return (
    <Card className="mt-4">
      <CardHeader>
        <CardTitle>{t('title')}</CardTitle>
      </CardHeader>
      <CardBody className="grid gap-4">
        <p className="text-pretty text-ink-soft">{t('lead')}</p>
        {pools.length > 0 && (
          <ul className="grid divide-y">
            {pools.map((pool) => (
              <PoolRow key={pool.id} pool={pool} mayChange={mayChange} />
            ))}
          </ul>
        )}
        {mayChange && <AddPool />}
      </CardBody>
    </Card>
  );
}

function PoolRow({ pool, mayChange }: { pool: ProxyPool; mayChange: boolean }) {
  const t = useTranslations('pools');
  const client = useQueryClient();
  const errorText = useErrorText();
  const { data: proxies = [] } = useQuery(proxiesQuery);
  const remove = useMutation({
    mutationFn: () => proxyPools.remove(pool.id),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.proxyPools }),
    onError: (error) => void toast.error(errorText(error)),
  });
  return (
    <li className="flex items-center justify-between gap-4 py-2">
      <span>
        <span className="font-medium">{pool.name}</span>{' '}
        <span className="text-ink-soft">
          {t('count', { count: proxies.filter(({ poolId }) => poolId === pool.id).length })}
        </span>
      </span>
      {mayChange && (
        <Button
          size="small"
          busy={remove.isPending}
          aria-label={t('deleteOne', { name: pool.name })}
          onClick={() => remove.mutate()}
        >
          {t('delete')}
        </Button>
      )}
    </li>
  );
}

function AddPool() {
  const t = useTranslations('pools');
  const client = useQueryClient();
  const errorText = useErrorText();
  const [name, setName] = useState('');
  const [error, setError] = useState<string>();
  const create = useMutation({
    mutationFn: proxyPools.create,
    onSuccess: () => {
      setName('');
      return client.invalidateQueries({ queryKey: keys.proxyPools });
    },
    onError: (failure) => setError(errorText(failure)),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = checkForm(proxyPoolCreateSchema, { name }).name;
    setError(found);
    if (!found) create.mutate({ name });
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-wrap items-end gap-3">
      <Field label={t('name')} error={error} className="min-w-48 flex-1">
        {(control) => (
          <Input {...control} autoComplete="off" value={name} onChange={(event) => setName(event.target.value)} />
        )}
      </Field>
      <Button type="submit" busy={create.isPending}>
        {t('add')}
      </Button>
    </form>
  );
}
