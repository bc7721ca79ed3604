'use client';

import type { Account } from '@trunkline/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { useTranslations } from 'use-intl';
import { accounts, type AccountVerb } from '@/lib/api/whatsapp';
import { useErrorText } from '@/lib/hooks/useErrorText';
import { putAccount } from '@/lib/live/account-cache';
import { keys } from '@/lib/live/keys';

/** Asks something of an account, says how it went, and shows the account as it is then. */
export function useAsk(account: Account) {
  const t = useTranslations('asked');
  const client = useQueryClient();
  const errorText = useErrorText();
  return useMutation({
    mutationFn: (verb: AccountVerb) => accounts.ask(account.id, verb),
    onSuccess: (answer, verb) => {
      putAccount(client, answer);
      client.setQueryData(keys.accountError(account.id), null);
      toast.success(t(verb, { name: answer.name }));
    },
    onError: (error) => void toast.error(errorText(error)),
  });
}
