import type { z } from 'zod';

/** What is wrong, by field; `form` for what is no field's fault. */
export type FieldErrors = Partial<Record<string, string>>;

/** Holds a form against the contract before it is sent: the first fault of each field. */
export function checkForm(schema: z.ZodType, values: unknown): FieldErrors {
  const result = schema.safeParse(values);
  if (result.success) return {};
  const errors: FieldErrors = {};
  for (const issue of result.error.issues) errors[String(issue.path[0] ?? 'form')] ??= issue.message;
  return errors;
}
