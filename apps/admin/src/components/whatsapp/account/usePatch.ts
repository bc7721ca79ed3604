'use client';

import type { AccountPatch } from '@trunkline/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { useTranslations } from 'use-intl';
import { accounts } from '@/lib/api/whatsapp';
import { putAccount } from '@/lib/live/account-cache';

export function usePatch(accountId: string) {
  const t = useTranslations('common');
  const client = useQueryClient();
  return useMutation({
    mutationFn: (patch: AccountPatch) => accounts.patch(accountId, patch),
    onSuccess: (account) => {
      putAccount(client, account);
      toast.success(t('saved'));
    },
  });
}
