import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { bodyOf, problemOf, statusOfProblem } from './problem.body.js';

/**
 * Answers whatever was thrown with the one error body; what is a fault of ours, or an outage, goes into the log. Whoever hung up
 * in the middle of what they sent has called it off: that is no fault, and nobody hears an answer.
 */
export function problemReply(log: Logger) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    if (hungUp(request, reply)) return;
    const problem = problemOf(error);
    if (problem.code === 'internal' || problem.code === 'unavailable') {
      log.error({ traceId: request.id, err: error }, problem.message);
    }
    if (reply.sent) return;
    if (problem.retryAfterSeconds !== undefined) void reply.header('retry-after', problem.retryAfterSeconds);
    void reply.status(statusOfProblem(problem)).type('application/json').send(bodyOf(problem, request.id));
  };
}

/** Their line is gone. (What we stopped reading, since it was too much, gets its answer.) */
const hungUp = (request: FastifyRequest, reply: FastifyReply): boolean => !request.raw.complete && reply.raw.destroyed;
