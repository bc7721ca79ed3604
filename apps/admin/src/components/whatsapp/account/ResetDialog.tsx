'use client';

import { useTranslations } from 'use-intl';
import { ConfirmDialog } from '@/components/ui/alert-dialog';
import type { AccountDialogProps } from './dialogs';
import { useAsk } from './useAsk';

export function ResetDialog({ account, open, onOpenChange }: AccountDialogProps) {
  const t = useTranslations('resetDialog');
  const ask = useAsk(account);
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('title', { name: account.name })}
      description={t(account.linkedAt ? 'linked' : 'unlinked')}
      confirmLabel={t('confirm')}
      danger
      busy={ask.isPending}
      onConfirm={() => ask.mutate('reset', { onSuccess: () => onOpenChange(false) })}
    />
  );
}
