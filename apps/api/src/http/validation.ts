import { StandardSchemaValidationPipe, type StandardSchemaValidationPipeOptions } from '@nestjs/common';
import { ProblemError, type ProblemDetail } from '../errors/problem.js';

type Issue = Parameters<NonNullable<StandardSchemaValidationPipeOptions['exceptionFactory']>>[0][number];

/** Parses every input that names a schema; what does not fit is told field by field. */
export function validationPipe(): StandardSchemaValidationPipe {
  return new StandardSchemaValidationPipe({
    exceptionFactory: (issues) =>
      new ProblemError(
        'validation_failed',
        'The request does not fit; details tell which fields.',
        issues.map(detailOf),
      ),
  });
}

function detailOf({ path = [], message }: Issue): ProblemDetail {
  const names = path.map((part) => String(typeof part === 'object' ? part.key : part));
  // Params and queries are objects always: only a body can be wrong as a whole.
  return { field: names.join('.') || 'body', message };
}
