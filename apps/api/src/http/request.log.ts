import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';

/** Assets and probes are many and tell nothing. */
const quiet = /^\/(_next\/|api\/health\/live)/;

/** One line for each answer. The address is logged by its route or without its query: a set-up link must not be in a log. */
export function logRequests(server: FastifyInstance, log: Logger): void {
  server.addHook('onResponse', async (request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '';
    const level = quiet.test(path) ? 'trace' : 'debug';
    log[reply.statusCode >= 500 ? 'warn' : level]({
      traceId: request.id,
      method: request.method,
      path,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
      caller: request.caller && `${request.caller.me.kind} ${request.caller.me.id}`,
    });
  });
}
