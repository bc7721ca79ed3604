'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { toast } from 'sonner';
import { useTranslations } from 'use-intl';
import { ConfirmDialog } from '@/components/ui/alert-dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { accounts } from '@/lib/api/whatsapp';
import { useErrorText } from '@/lib/hooks/useErrorText';
import { keys } from '@/lib/live/keys';
import { paths } from '@/lib/navigation';
import type { AccountDialogProps } from './dialogs';

/** The name must be typed: this takes all messages of the account along. */
export function DeleteDialog({ account, open, onOpenChange }: AccountDialogProps) {
  const t = useTranslations('deleteDialog');
  const [typed, setTyped] = useState('');
  const remove = useDelete(account.id, account.name);
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={(next) => {
        setTyped('');
        onOpenChange(next);
      }}
      title={t('title', { name: account.name })}
      description={t('text')}
      confirmLabel={t('confirm')}
      danger
      busy={remove.isPending}
      confirmDisabled={typed.trim() !== account.name.trim()}
      onConfirm={() => remove.mutate()}
    >
      <Field label={t('typeName', { name: account.name })}>
        {(control) => (
          <Input {...control} autoComplete="off" value={typed} onChange={(event) => setTyped(event.target.value)} />
        )}
      </Field>
    </ConfirmDialog>
  );
}

function useDelete(accountId: string, name: string) {
  const t = useTranslations('deleteDialog');
  const client = useQueryClient();
  const router = useRouter();
  const errorText = useErrorText();
  return useMutation({
    mutationFn: () => accounts.remove(accountId),
    onSuccess: () => {
      toast.success(t('done', { name }));
      router.replace(paths.accounts);
      void client.invalidateQueries({ queryKey: keys.accountLists });
    },
    onError: (error) => void toast.error(errorText(error)),
  });
}
