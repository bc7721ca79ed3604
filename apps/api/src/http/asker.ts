import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ProblemError } from '../errors/problem.js';
import { type Caller, ctxOf } from '../modules/auth/caller.js';

/** The caller of a route that is not open. */
export function callerOf(request: FastifyRequest): Caller {
  // The door has refused strangers already; this is for a route that was opened by mistake.
  if (!request.caller) throw new ProblemError('unauthenticated', 'Sign in, or send a key.');
  return request.caller;
}

const requestOf = (context: ExecutionContext) => context.switchToHttp().getRequest<FastifyRequest>();

/** Parameter of a route: who asks, as services want to know it. */
export const Asker = createParamDecorator((_: unknown, context: ExecutionContext) =>
  ctxOf(callerOf(requestOf(context))),
);

/** Parameter of a route: who asks, as they are shown. */
export const AskerMe = createParamDecorator((_: unknown, context: ExecutionContext) => callerOf(requestOf(context)).me);
