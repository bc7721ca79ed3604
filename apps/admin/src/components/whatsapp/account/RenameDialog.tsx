'use client';

import { type AccountPatch, accountPatchSchema } from '@trunkline/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslations } from 'use-intl';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { FormFooter } from '@/components/ui/form-footer';
import { Input } from '@/components/ui/input';
import { accounts } from '@/lib/api/whatsapp';
import { useSave } from '@/lib/hooks/useSave';
import { putAccount } from '@/lib/live/account-cache';
import type { AccountDialogProps } from './dialogs';

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
  const [name, setName] = useState(account.name);
  const { save, busy, errors } = useRename(account.id, onDone);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save({ name });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Field label={t('name')} error={errors.name ?? errors.form}>
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
      <FormFooter busy={busy}>{common('save')}</FormFooter>
    </form>
  );
}

function useRename(accountId: string, done: () => void) {
  const client = useQueryClient();
  return useSave({
    schema: accountPatchSchema,
    fields: ['name'],
    ask: (patch: AccountPatch) => accounts.patch(accountId, patch),
    saved: (account) => putAccount(client, account),
    done,
  });
}
