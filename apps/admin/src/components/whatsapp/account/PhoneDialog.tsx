'use client';

import { type AccountPhone, accountPhoneSchema } from '@trunkline/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslations } from 'use-intl';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { FormFooter } from '@/components/ui/form-footer';
import { accounts } from '@/lib/api/whatsapp';
import { useSave } from '@/lib/hooks/useSave';
import { putAccount } from '@/lib/live/account-cache';
import { keys } from '@/lib/live/keys';
import { PhoneField } from '../PhoneField';
import type { AccountDialogProps } from './dialogs';

/** The number by hand; it counts as entered by hand until WhatsApp confirms it. */
export function PhoneDialog({ account, open, onOpenChange }: AccountDialogProps) {
  const t = useTranslations('phoneDialog');
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title={t('title')} description={t('lead')}>
        <PhoneForm account={account} onDone={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

function PhoneForm({ account, onDone }: Pick<AccountDialogProps, 'account'> & { onDone: () => void }) {
  const t = useTranslations('phoneDialog');
  const [phoneNumber, setPhoneNumber] = useState(account.phoneNumber ?? '');
  const { save, busy, errors } = usePhone(account.id, onDone);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save({ phoneNumber });
  };
  return (
    <form onSubmit={submit} noValidate>
      <PhoneField
        autoFocus
        label={t('number')}
        value={phoneNumber}
        onChange={setPhoneNumber}
        network={account.network}
        error={errors.phoneNumber ?? errors.form}
      />
      <FormFooter busy={busy}>{t('save')}</FormFooter>
    </form>
  );
}

function usePhone(accountId: string, done: () => void) {
  const t = useTranslations('phoneDialog');
  const client = useQueryClient();
  return useSave({
    schema: accountPhoneSchema,
    fields: ['phoneNumber'],
    ask: (phone: AccountPhone) => accounts.setPhone(accountId, phone),
    saved: (account) => {
      putAccount(client, account);
      client.setQueryData(keys.accountError(accountId), null);
    },
    said: t('saved'),
    done,
  });
}
