'use client';

import { apiKeyCreateSchema } from '@trunkline/contracts';
import { useQueryClient } from '@tanstack/react-query';
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
import { useSave } from '@/lib/hooks/useSave';
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
  const { save, busy, answer, errors } = useCreateKey();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save({ name, role });
  };
  if (answer) return <KeyOnce secret={answer.key} />;
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
      <FormFooter busy={busy}>{t('add')}</FormFooter>
    </form>
  );
}

function useCreateKey() {
  const client = useQueryClient();
  return useSave({
    schema: apiKeyCreateSchema,
    fields: ['name'],
    ask: keys.create,
    saved: () => client.invalidateQueries({ queryKey: cached.apiKeys }),
    said: null,
  });
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
