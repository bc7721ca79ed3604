'use client';

import { accountPhoneSchema } from '@trunkline/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { toast } from 'sonner';
import { useTranslations } from 'use-intl';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { FormFooter } from '@/components/ui/form-footer';
import { accounts } from '@/lib/api/whatsapp';
import { checkForm } from '@/lib/check-form';
import { useErrorText } from '@/lib/hooks/useErrorText';
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
  const [wrong, setWrong] = useState<string | null>(null);
  const save = useSavePhone(account.id, onDone, setWrong);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = checkForm(accountPhoneSchema, { phoneNumber });
    setWrong(found.phoneNumber ?? null);
    if (!found.phoneNumber) save.mutate(phoneNumber);
  };
  return (
    <form onSubmit={submit} noValidate>
      <PhoneField
        autoFocus
        label={t('number')}
        value={phoneNumber}
        onChange={setPhoneNumber}
        network={account.network}
        error={wrong}
      />
      <FormFooter busy={save.isPending}>{t('save')}</FormFooter>
    </form>
  );
}

function useSavePhone(accountId: string, onDone: () => void, onWrong: (text: string) => void) {
  const t = useTranslations('phoneDialog');
  const client = useQueryClient();
  const errorText = useErrorText();
  return useMutation({
    mutationFn: (phoneNumber: string) => accounts.setPhone(accountId, { phoneNumber }),
    onSuccess: (account) => {
      putAccount(client, account);
      client.setQueryData(keys.accountError(accountId), null);
      toast.success(t('saved'));
      onDone();
    },
    onError: (error) => onWrong(errorText.fields(error, ['phoneNumber']).phoneNumber ?? errorText(error)),
  });
}
