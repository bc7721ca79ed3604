import { z } from 'zod';

/** Stable error codes and their HTTP status. A code is never renamed. */
export const ERROR_CODES = {
  validation_failed: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  idempotency_conflict: 409,
  phone_number_taken: 409,
  account_not_linked: 409,
  account_already_linked: 409,
  group_admins_only: 409,
  message_not_cancellable: 409,
  message_not_retryable: 409,
  position_too_old: 410,
  media_not_ready: 409,
  media_too_big: 413,
  phone_number_invalid: 422,
  network_disabled: 422,
  recipient_invalid: 422,
  session_invalid: 422,
  opted_out: 422,
  too_many_requests: 429,
  queue_full: 429,
  internal: 500,
  timed_out: 504,
  unavailable: 503,
} as const;
export type ErrorCode = keyof typeof ERROR_CODES;

export const errorSchema = z.object({
  error: z.object({
    code: z.enum(Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]]),
    /** For people: what is wrong and how to mend it. */
    message: z.string(),
    /** One entry per field at fault. */
    details: z.array(z.object({ field: z.string(), message: z.string() })),
    traceId: z.string(),
    retryAfterSeconds: z.number().optional(),
  }),
});
export type ErrorBody = z.infer<typeof errorSchema>;
