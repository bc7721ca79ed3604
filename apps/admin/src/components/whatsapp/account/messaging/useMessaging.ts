'use client';

import type { Messaging } from '@trunkline/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { toast } from 'sonner';
import { useTranslations } from 'use-intl';
import { accounts } from '@/lib/api/whatsapp';
import type { FieldErrors } from '@/lib/check-form';
import { useErrorText } from '@/lib/hooks/useErrorText';
import { keys } from '@/lib/live/keys';

const FIELDS = ['calls', 'callReply', 'keepDays'];

export function useMessaging(accountId: string, done: () => void) {
  const common = useTranslations('common');
  const client = useQueryClient();
  const errorText = useErrorText();
  const [errors, setErrors] = useState<FieldErrors>({});
  const save = useMutation({
    mutationFn: (messaging: Messaging) => accounts.setMessaging(accountId, messaging),
    onMutate: () => setErrors({}),
    onSuccess: (answer) => {
      client.setQueryData(keys.messaging(accountId), answer);
      toast.success(common('saved'));
      done();
    },
    onError: (error) => setErrors(errorText.fields(error, FIELDS)),
  });
  return { save, errors };
}
