'use client';

import type { Account, AccountCreate } from '@trunkline/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { toast } from 'sonner';
import { accounts } from '@/lib/api/whatsapp';
import { useErrorText } from '@/lib/hooks/useErrorText';
import { keys } from '@/lib/live/keys';
import { paths } from '@/lib/navigation';

/** Makes an account, begins to link it, and goes to its page. A link that does not begin is told there and can be tried again. */
export function useCreateAccount() {
  const client = useQueryClient();
  const router = useRouter();
  const errorText = useErrorText();
  return useMutation({
    mutationFn: (body: AccountCreate): Promise<Account> => accounts.create(body),
    onSuccess: async (account) => {
      client.setQueryData(keys.account(account.id), account);
      void client.invalidateQueries({ queryKey: keys.accountLists });
      await accounts.ask(account.id, 'initialize').then(
        (asked) => client.setQueryData(keys.account(account.id), asked),
        (error: unknown) => toast.error(errorText(error)),
      );
      router.push(paths.account(account.id));
    },
  });
}
