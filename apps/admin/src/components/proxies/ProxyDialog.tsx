'use client';

import { type Proxy, type ProxyCreate, PROXY_KINDS, proxyCreateSchema } from '@trunkline/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslations } from 'use-intl';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { FormFooter } from '@/components/ui/form-footer';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { Switch } from '@/components/ui/switch';
import { proxies } from '@/lib/api/proxies';
import { useSave } from '@/lib/hooks/useSave';
import { keys } from '@/lib/live/keys';
import { proxyPoolsQuery } from '@/lib/queries/proxies';

interface ProxyDialogProps {
  /** `new` to add one; null: closed. */
  proxy: Proxy | 'new' | null;
  onClose: () => void;
}

export function ProxyDialog({ proxy, onClose }: ProxyDialogProps) {
  const t = useTranslations('proxies');
  const before = proxy === 'new' ? undefined : (proxy ?? undefined);
  return (
    <Dialog open={proxy !== null} onOpenChange={(open) => !open && onClose()}>
      <DialogContent title={before ? t('editOne', { name: before.name }) : t('add')} description={t('formLead')}>
        <ProxyForm key={before?.id ?? 'new'} before={before} onDone={onClose} />
      </DialogContent>
    </Dialog>
  );
}

const TEXTS = ['name', 'host', 'port', 'username', 'password'] as const;
const SECRETS: readonly string[] = ['username', 'password'];

function ProxyForm({ before, onDone }: { before: Proxy | undefined; onDone: () => void }) {
  const t = useTranslations('proxies');
  const common = useTranslations('common');
  const { data: pools = [] } = useQuery(proxyPoolsQuery);
  const [kind, setKind] = useState<(typeof PROXY_KINDS)[number]>(before?.kind ?? 'http');
  const [poolId, setPoolId] = useState(before?.poolId ?? '');
  const [texts, setTexts] = useState({
    name: before?.name ?? '',
    host: before?.host ?? '',
    port: before ? String(before.port) : '',
    username: '',
    password: '',
  });
  const [open, setOpen] = useState(false);
  const hasKept = before?.hasCredentials && !open;
  const { save, busy, errors } = useProxyChange(before, onDone);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { name, host, port, username, password } = texts;
    const given = username || password ? { credentials: { username, password } } : {};
    const told = open ? { credentials: null } : given;
    save({ name, kind, host, port: Number(port), poolId: poolId || null, ...told });
  };
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <Field label={t('kindLabel')}>
        {(control) => (
          <Select
            {...control}
            value={kind}
            onValueChange={(value) => setKind(value as typeof kind)}
            options={PROXY_KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
          />
        )}
      </Field>
      {TEXTS.map((field) => (
        <Field
          key={field}
          label={t(`field.${field}`)}
          hint={field === 'password' && hasKept ? t('keptHint') : undefined}
          error={errors[field] ?? (field === 'username' ? errors.credentials : undefined)}
        >
          {(control) => (
            <Input
              {...control}
              type={field === 'password' ? 'password' : 'text'}
              inputMode={field === 'port' ? 'numeric' : undefined}
              dir={field === 'name' ? undefined : 'ltr'}
              autoComplete={field === 'password' ? 'new-password' : 'off'}
              disabled={open && SECRETS.includes(field)}
              value={open && SECRETS.includes(field) ? '' : texts[field]}
              onChange={(event) => setTexts({ ...texts, [field]: event.target.value })}
            />
          )}
        </Field>
      ))}
      {before?.hasCredentials && (
        <label className="flex items-center justify-between gap-4">
          <span>{t('forget')}</span>
          <Switch checked={open} onCheckedChange={setOpen} />
        </label>
      )}
      <Field label={t('poolLabel')} error={errors.form}>
        {(control) => (
          <Select
            {...control}
            value={poolId}
            onValueChange={setPoolId}
            options={[{ value: '', label: t('noPool') }, ...pools.map(({ id, name }) => ({ value: id, label: name }))]}
          />
        )}
      </Field>
      <FormFooter busy={busy}>{common('save')}</FormFooter>
    </form>
  );
}

function useProxyChange(before: Proxy | undefined, done: () => void) {
  const client = useQueryClient();
  return useSave({
    schema: proxyCreateSchema,
    fields: TEXTS,
    ask: (body: ProxyCreate) => (before ? proxies.patch(before.id, body) : proxies.create(body)),
    saved: () => client.invalidateQueries({ queryKey: keys.proxies }),
    said: null,
    done,
  });
}
