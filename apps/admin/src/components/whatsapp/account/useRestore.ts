'use client';

import type { Account } from '@trunkline/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { useTranslations } from 'use-intl';
import { accounts } from '@/lib/api/whatsapp';
import { useErrorText } from '@/lib/hooks/useErrorText';
import { putAccount } from '@/lib/live/account-cache';
import { keys } from '@/lib/live/keys';

/** Lets an account log in with a saved state of its session. */
export function useRestore(account: Account) {
  const t = useTranslations('generations');
  const client = useQueryClient();
  const errorText = useErrorText();
  return useMutation({
    mutationFn: (generationId: string) => accounts.restore(account.id, generationId),
    onSuccess: (answer) => {
      putAccount(client, answer);
      void client.invalidateQueries({ queryKey: keys.generations(account.id) });
      toast.success(t('done', { name: answer.name }));
    },
    onError: (error) => void toast.error(errorText(error)),
  });
}
