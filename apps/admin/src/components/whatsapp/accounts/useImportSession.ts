'use client';

import type { Network } from '@trunkline/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { toast } from 'sonner';
import { useTranslations } from 'use-intl';
import { ApiError } from '@/lib/api/error';
import { accounts } from '@/lib/api/whatsapp';
import { useErrorText } from '@/lib/hooks/useErrorText';
import { keys } from '@/lib/live/keys';
import { paths } from '@/lib/navigation';

interface Taken {
  file: File;
  network: Network;
  name: string | undefined;
}

/** Imports and goes to the account's page, which says what to do next. `problem` is why it was refused, in words. */
export function useImportSession() {
  const t = useTranslations('importSession');
  const client = useQueryClient();
  const router = useRouter();
  const errorText = useErrorText();
  const take = useMutation({
    mutationFn: ({ file, ...query }: Taken) => accounts.importSession(file, query),
    onSuccess: ({ account }) => {
      client.setQueryData(keys.account(account.id), account);
      void client.invalidateQueries({ queryKey: keys.accountLists });
      toast.success(t('done', { name: account.name }));
      router.push(paths.account(account.id));
    },
  });
  // Which file, and what is wrong with it, only the server knows.
  const told = take.error instanceof ApiError && SPECIFIC.has(take.error.code) ? take.error.message : '';
  return { take, problem: take.error ? told || errorText(take.error) : undefined };
}

const SPECIFIC: ReadonlySet<string> = new Set(['session_invalid', 'phone_number_taken', 'validation_failed']);
