'use client';

import { apiKeyCreateSchema, type ApiKeyCreate } from '@trunkline/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslations } from 'use-intl';
import { CopyButton } from '@/components/shell/CopyButton';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose, DialogContent, DialogFooter } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { FormFooter } from '@/components/ui/form-footer';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { keys } from '@/lib/api/system';
import { checkForm, type FieldErrors } from '@/lib/check-form';
import { useErrorText } from '@/lib/hooks/useErrorText';
import { keys as cached } from '@/lib/live/keys';

const ROLES = ['operator', 'viewer', 'admin'] as const;

interface CreateKeyDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function CreateKeyDialog({ open, onOpenChange }: CreateKeyDialogProps) {
  const t = useTranslations('keys');
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title={t('addTitle')}>
        <CreateKeyForm />
      </DialogContent>
    </Dialog>
  );
}

function CreateKeyForm() {
  const t = useTranslations('keys');
  const roles = useTranslations('user');
  const [name, setName] = useState('');
  const [role, setRole] = useState<(typeof ROLES)[number]>('operator');
  const { create, errors, check } = useCreateKey();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (check({ name, role })) create.mutate({ name, role });
  };
  if (create.data) return <KeyOnce secret={create.data.key} />;
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <Field label={t('name')} hint={t('nameHint')} error={errors.name ?? errors.form}>
        {(control) => (
          <Input
            {...control}
            autoFocus
            maxLength={100}
            autoComplete="off"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('role')} hint={t(`roleHint.${role}`)}>
        {(control) => (
          <Select
            {...control}
            value={role}
            onValueChange={(chosen) => setRole(chosen as typeof role)}
            options={ROLES.map((each) => ({ value: each, label: roles(`role.${each}`) }))}
          />
        )}
      </Field>
      <FormFooter busy={create.isPending}>{t('add')}</FormFooter>
    </form>
  );
}

function useCreateKey() {
  const client = useQueryClient();
  const errorText = useErrorText();
  const [errors, setErrors] = useState<FieldErrors>({});
  const create = useMutation({
    mutationFn: keys.create,
    onSuccess: () => client.invalidateQueries({ queryKey: cached.apiKeys }),
    onError: (error) => setErrors(errorText.fields(error, ['name'])),
  });
  const check = (body: ApiKeyCreate): boolean => {
    const found = checkForm(apiKeyCreateSchema, body);
    setErrors(found);
    return Object.keys(found).length === 0;
  };
  return { create, errors, check };
}

/** The only time that the key is shown: the server keeps its hash. */
function KeyOnce({ secret }: { secret: string }) {
  const t = useTranslations('keys');
  return (
    <div className="grid gap-3">
      <p className="text-pretty text-ink-soft">{t('once')}</p>
      <code
        dir="ltr"
        className="block select-all break-all rounded-lg bg-sunken p-3 font-mono text-[0.8125rem]"
        data-testid="new-key"
      >
        {secret}
      </code>
      <DialogFooter className="mt-2">
        <CopyButton text={secret} />
        <DialogClose asChild>
          <Button size="small" variant="primary">
            {t('saved')}
          </Button>
        </DialogClose>
      </DialogFooter>
    </div>
  );
}
