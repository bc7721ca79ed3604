import { ERROR_CODES, type ErrorBody, type ErrorCode } from '@trunkline/contracts';
import { ProblemError } from '../errors/problem.js';
import { isDatabaseOutage } from './outage.js';

/** What a library of ours may refuse by itself (a body that is no JSON, an unknown path), by its HTTP status. */
const byStatus: Record<number, { code: ErrorCode; message: string }> = {
  400: { code: 'validation_failed', message: 'The request cannot be read: its body or address is malformed.' },
  401: { code: 'unauthenticated', message: 'Sign in, or send a key.' },
  403: { code: 'forbidden', message: 'This is not allowed.' },
  404: { code: 'not_found', message: 'There is nothing at this address.' },
  405: { code: 'not_found', message: 'There is nothing at this address for this method.' },
  408: { code: 'timed_out', message: 'The request took too long to arrive.' },
  413: { code: 'validation_failed', message: 'The body is too large.' },
  414: { code: 'validation_failed', message: 'The address is too long.' },
  415: { code: 'validation_failed', message: 'Send the body as JSON, with Content-Type: application/json.' },
  429: { code: 'too_many_requests', message: 'Too many requests; wait a little.' },
  503: { code: 'unavailable', message: 'The service is stopping or starting; try again.' },
};

/** Turns whatever was thrown into a problem that can be told. `internal` tells nothing: the log has it, by trace id. */
export function problemOf(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (isDatabaseOutage(error))
    return new ProblemError('unavailable', 'The database cannot be reached; try again.', [], 2);
  const known = byStatus[statusOf(error)];
  if (known) return new ProblemError(known.code, known.message);
  return new ProblemError('internal', 'Something went wrong on our side. The log tells more under the trace id.');
}

export function statusOfProblem(problem: ProblemError): number {
  return ERROR_CODES[problem.code];
}

export function bodyOf(problem: ProblemError, traceId: string): ErrorBody {
  const { code, message, details, retryAfterSeconds } = problem;
  return {
    error: {
      code,
      message,
      details: [...details],
      traceId,
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    },
  };
}

/** Fastify and better-auth say `statusCode`, Nest says `getStatus()`. */
function statusOf(error: unknown): number {
  if (typeof error !== 'object' || error === null) return 500;
  const { statusCode, getStatus } = error as { statusCode?: unknown; getStatus?: () => number };
  if (typeof getStatus === 'function') return getStatus.call(error);
  return typeof statusCode === 'number' ? statusCode : 500;
}
