'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { toast } from 'sonner';
import { useTranslations } from 'use-intl';
import type { FieldErrors } from '@/lib/check-form';
import { useErrorText } from './useErrorText';

interface Saving<Change, Answer> {
  /** Names by which the API speaks of them in an error. */
  fields: readonly string[];
  ask(change: Change): Promise<Answer>;
  /** With what the API answered, before the form closes. */
  saved(answer: Answer): unknown;
  done(): void;
}

/** A form of settings on its way: what is wrong is told at its field, what is saved is told and closes it. */
export function useSave<Change, Answer>({ fields, ask, saved, done }: Saving<Change, Answer>) {
  const t = useTranslations('common');
  const errorText = useErrorText();
  const [errors, setErrors] = useState<FieldErrors>({});
  const save = useMutation({
    mutationFn: ask,
    onMutate: () => setErrors({}),
    onSuccess: (answer) => {
      const settled = saved(answer);
      toast.success(t('saved'));
      done();
      return settled;
    },
    onError: (error) => setErrors(errorText.fields(error, fields)),
  });
  return { save, errors, setErrors };
}
