'use client';

import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { ApiError } from '../api/error';
import type { FieldErrors } from '../check-form';

interface ErrorText {
  /** One or two sentences for people. */
  (error: unknown): string;
  /** The same told at the fields at fault, of those that the form has; the rest under `form`. */
  fields: (error: unknown, known: readonly string[]) => FieldErrors;
}

/** The server's own words where it has some; ours by code where nothing readable came. */
export function useErrorText(): ErrorText {
  const t = useTranslations('errors');
  return useMemo(() => {
    const text = (error: unknown): string => {
      if (!(error instanceof ApiError)) return t('internal');
      return error.message || t(error.code);
    };
    const fields = (error: unknown, known: readonly string[]): FieldErrors => {
      const details = error instanceof ApiError ? error.details.filter(({ field }) => known.includes(field)) : [];
      if (details.length === 0) return { form: text(error) };
      return Object.fromEntries(details.map(({ field, message }) => [field, message]));
    };
    return Object.assign(text, { fields });
  }, [t]);
}
