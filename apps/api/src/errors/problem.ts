import type { ErrorCode } from '@trunkline/contracts';

export interface ProblemDetail {
  field: string;
  message: string;
}

/**
 * A failure that was expected: thrown where it is found, mapped once at the edge to a status and the error body. `message`
 * is for people and says how to mend it; anything else that is thrown is a fault of ours and becomes `internal`.
 */
export class ProblemError extends Error {
  override name = 'ProblemError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: readonly ProblemDetail[] = [],
    readonly retryAfterSeconds?: number,
  ) {
    super(message);
  }
}
