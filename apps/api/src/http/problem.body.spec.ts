import { BadRequestException, NotFoundException } from '@nestjs/common';
import { ERROR_CODES, type ErrorCode, errorSchema } from '@trunkline/contracts';
import { describe, expect, it } from 'vitest';
import { ProblemError } from '../errors/problem.js';
import { bodyOf, problemOf, statusOfProblem } from './problem.body.js';

describe('an error at the edge', () => {
  it.each(Object.keys(ERROR_CODES) as ErrorCode[])(
    '%s keeps code, message and details, in the shape of the contract',
    (code) => {
      const problem = problemOf(new ProblemError(code, 'What to do.', [{ field: 'to', message: 'Give one.' }], 7));
      const body = bodyOf(problem, 'trace');
      expect(errorSchema.strict().parse(body)).toEqual(body);
      expect(body.error).toEqual({
        code,
        message: 'What to do.',
        details: [{ field: 'to', message: 'Give one.' }],
        traceId: 'trace',
        retryAfterSeconds: 7,
      });
      expect(statusOfProblem(problem)).toBe(ERROR_CODES[code]);
    },
  );

  it('leaves out a wait that nobody asked for', () => {
    expect(bodyOf(new ProblemError('not_found', 'No.'), 't').error).not.toHaveProperty('retryAfterSeconds');
  });

  it('tells nothing of a fault of ours', () => {
    const problem = problemOf(new Error('password of postgres://secret'));
    expect(problem.code).toBe('internal');
    expect(JSON.stringify(bodyOf(problem, 't'))).not.toContain('secret');
  });

  it.each([
    ['what Nest refuses', new BadRequestException(), 'validation_failed'],
    ['an address that Nest does not know', new NotFoundException(), 'not_found'],
    ['a body that Fastify finds too large', Object.assign(new Error('x'), { statusCode: 413 }), 'validation_failed'],
    [
      'a media type that Fastify does not know',
      Object.assign(new Error('x'), { statusCode: 415 }),
      'validation_failed',
    ],
    ['a text that was thrown', 'oops', 'internal'],
    ['nothing that was thrown', null, 'internal'],
  ])('%s', (_, error, code) => {
    expect(problemOf(error).code).toBe(code);
  });

  it.each([
    Object.assign(new Error('connect ENOENT /run/x'), { code: 'ENOENT', syscall: 'connect' }),
    Object.assign(new Error('terminating connection due to administrator command'), { code: '57P01' }),
    new Error('Failed query', { cause: new Error('Connection terminated unexpectedly') }),
  ])('a database that is away is "unavailable", with a wait: %s', (error) => {
    expect(problemOf(error)).toMatchObject({ code: 'unavailable', retryAfterSeconds: 2 });
  });

  it('a file that is missing is not taken for a database', () => {
    expect(problemOf(Object.assign(new Error('open x'), { code: 'ENOENT', syscall: 'open' })).code).toBe('internal');
  });
});
