'use client';

import type { GovernorChange } from '@trunkline/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { toast } from 'sonner';
import { useTranslations } from 'use-intl';
import { governor } from '@/lib/api/governor';
import type { FieldErrors } from '@/lib/check-form';
import { useErrorText } from '@/lib/hooks/useErrorText';
import { keys } from '@/lib/live/keys';
import { NUMBERS } from './limits';

const FIELDS = [
  'profile',
  'settings.quietHours',
  'settings.timeZone',
  'settings.numberSince',
  ...NUMBERS.map((key) => `settings.${key}`),
];

export function useLimits(accountId: string, done: () => void) {
  const common = useTranslations('common');
  const client = useQueryClient();
  const errorText = useErrorText();
  const [errors, setErrors] = useState<FieldErrors>({});
  const save = useMutation({
    mutationFn: (change: GovernorChange) => governor.change(accountId, change),
    onMutate: () => setErrors({}),
    onSuccess: (answer) => {
      client.setQueryData(keys.governor(accountId), answer);
      toast.success(common('saved'));
      done();
      return client.invalidateQueries({ queryKey: keys.budget(accountId) });
    },
    onError: (error) => setErrors(errorText.fields(error, FIELDS)),
  });
  return { save, errors };
}
