import { errorSchema, type ErrorBody, type ErrorCode } from '@trunkline/contracts';

type Details = ErrorBody['error']['details'];

/**
 * Why a request failed. `unreachable`: no answer came at all. `unreadable`: something answered that is not our API.
 * `message` is written by the server for people, or empty for these two.
 */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly code: ErrorCode | 'unreachable' | 'unreadable',
    message: string,
    readonly status: number | null = null,
    readonly details: Details = [],
    readonly traceId: string | null = null,
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(message);
  }

  /** What is wrong with this field, if it is one of those at fault. */
  field(name: string): string | null {
    return this.details.find((detail) => detail.field === name)?.message ?? null;
  }
}

/** Reads an answer that is not a success. A gateway in between may have answered in its own words. */
export async function readError(response: Response): Promise<ApiError> {
  const answer: unknown = await response.json().catch(() => null);
  const body = errorSchema.safeParse(answer);
  if (!body.success) return new ApiError(codeByStatus(response.status), sandboxWords(answer), response.status);
  const { code, message, details, traceId, retryAfterSeconds } = body.data.error;
  return new ApiError(code, message, response.status, details, traceId, retryAfterSeconds ?? null);
}

/** The sandbox refuses in a shape of its own, with a message for people all the same. */
function sandboxWords(answer: unknown): string {
  const message = (answer as { error?: { message?: unknown } } | null)?.error?.message;
  return typeof message === 'string' ? message : '';
}

function codeByStatus(status: number): ErrorCode | 'unreadable' {
  if (status === 401) return 'unauthenticated';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'not_found';
  if (status === 409) return 'conflict';
  if (status === 429) return 'too_many_requests';
  return status >= 502 && status <= 504 ? 'unavailable' : 'unreadable';
}
