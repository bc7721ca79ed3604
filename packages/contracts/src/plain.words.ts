/**
 * What is wrong with a value, as a person would say it, wherever a schema has no words of its own: forms show it at the
 * field, and the API answers it in `details`. What is not here is worded by zod.
 */
import { z } from 'zod';

const FORMATS: Record<string, string> = {
  email: 'This is no e-mail address.',
  url: 'This is no address of a page.',
  uuid: 'This is no id.',
  datetime: 'This is no date with a time and a zone, as 2026-01-31T12:00:00Z.',
};

export function plainWords(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'This is needed.' : undefined;
    case 'invalid_format':
      return FORMATS[issue.format];
    case 'too_small':
      if (issue.origin === 'string')
        return issue.minimum === 1 ? 'This is needed.' : `At least ${issue.minimum} characters.`;
      return isNumber(issue.origin) && issue.inclusive ? `${issue.minimum} or more.` : undefined;
    case 'too_big':
      if (issue.origin === 'string') return `At most ${issue.maximum} characters.`;
      return isNumber(issue.origin) && issue.inclusive ? `${issue.maximum} or less.` : undefined;
    default:
      return undefined;
  }
}

const isNumber = (origin: string): boolean => origin === 'number' || origin === 'int';

z.config({ customError: plainWords });
