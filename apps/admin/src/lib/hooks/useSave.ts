'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { toast } from 'sonner';
import { useTranslations } from 'use-intl';
import type { z } from 'zod';
import { checkForm, type FieldErrors } from '@/lib/check-form';
import { useErrorText } from './useErrorText';

interface Saving<Change, Answer> {
  /** The contract, where the form lets one write what it does not allow: nothing of that is sent. */
  schema?: z.ZodType;
  /** Names by which the API speaks of the form's fields in an error. */
  fields: readonly string[];
  ask(change: Change): Promise<Answer>;
  /** With what the API answered. A promise is waited for before the form closes: what stands behind it then is what was saved. */
  saved(answer: Answer): unknown;
  /** What is told then, other than that it is saved; null: nothing, since it is seen. */
  said?: string | null;
  /** Closes the form; undefined for one that shows the answer. */
  done?(): void;
}

/** A form on its way: what is wrong is told at its field, or under `form`; what is saved is told and closes it. */
export function useSave<Change, Answer>({ schema, fields, ask, saved, said, done }: Saving<Change, Answer>) {
  const t = useTranslations('common');
  const errorText = useErrorText();
  const [errors, setErrors] = useState<FieldErrors>({});
  const { mutate, isPending, data } = useMutation({
    mutationFn: ask,
    onSuccess: async (answer) => {
      await saved(answer);
      if (said !== null) toast.success(said ?? t('saved'));
      done?.();
    },
    onError: (error) => setErrors(errorText.fields(error, fields)),
  });
  const save = (change: Change): void => {
    const found = schema ? checkForm(schema, change) : {};
    setErrors(found);
    if (Object.keys(found).length === 0) mutate(change);
  };
  return { save, busy: isPending, answer: data, errors };
}
