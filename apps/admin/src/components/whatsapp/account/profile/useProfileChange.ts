'use client';

import type { AccountProfile, AccountProfileChange, Profile } from '@trunkline/contracts';
import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { toast } from 'sonner';
import { useTranslations } from 'use-intl';
import { accounts } from '@/lib/api/whatsapp';
import type { FieldErrors } from '@/lib/check-form';
import { useErrorText } from '@/lib/hooks/useErrorText';
import { keys } from '@/lib/live/keys';

const FIELDS = ['name', 'about'];

/** As the API just answered it; the name is told by an event of the account. */
export function putProfile(client: QueryClient, profile: Profile | AccountProfile): void {
  client.setQueryData(keys.profile(profile), profile);
}

export function useProfileChange(accountId: string, done: () => void) {
  const common = useTranslations('common');
  const client = useQueryClient();
  const errorText = useErrorText();
  const [errors, setErrors] = useState<FieldErrors>({});
  const save = useMutation({
    mutationFn: (change: AccountProfileChange) => accounts.setProfile(accountId, change),
    onMutate: () => setErrors({}),
    onSuccess: (answer) => {
      putProfile(client, answer);
      toast.success(common('saved'));
      done();
    },
    onError: (error) => setErrors(errorText.fields(error, FIELDS)),
  });
  return { save, errors, setErrors };
}
