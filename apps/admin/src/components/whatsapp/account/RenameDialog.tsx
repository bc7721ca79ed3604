'use client';

import { accountPatchSchema } from '@trunkline/contracts';
import { useState, type FormEvent } from 'react';
import { useTranslations } from 'use-intl';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { FormFooter } from '@/components/ui/form-footer';
import { Input } from '@/components/ui/input';
import { checkForm } from '@/lib/check-form';
import { useErrorText } from '@/lib/hooks/useErrorText';
import type { AccountDialogProps } from './dialogs';
import { usePatch } from './usePatch';

export function RenameDialog({ account, open, onOpenChange }: AccountDialogProps) {
  const t = useTranslations('rename');
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title={t('title')}>
        <RenameForm account={account} onDone={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

function RenameForm({ account, onDone }: Pick<AccountDialogProps, 'account'> & { onDone: () => void }) {
  const t = useTranslations('rename');
  const common = useTranslations('common');
  const errorText = useErrorText();
  const [name, setName] = useState(account.name);
  const [wrong, setWrong] = useState<string | null>(null);
  const patch = usePatch(account.id);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = checkForm(accountPatchSchema, { name });
    setWrong(found.name ?? null);
    if (!found.name) patch.mutate({ name }, { onSuccess: onDone, onError: (error) => setWrong(errorText(error)) });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Field label={t('name')} error={wrong}>
        {(control) => (
          <Input
            {...control}
            autoFocus
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <FormFooter busy={patch.isPending}>{common('save')}</FormFooter>
    </form>
  );
}
