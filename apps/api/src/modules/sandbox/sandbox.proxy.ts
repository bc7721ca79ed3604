import replyFrom from '@fastify/reply-from';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { ProblemError } from '../../errors/problem.js';
import { bodyOf } from '../../http/problem.body.js';

const prefix = '/api/sandbox';
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/**
 * The control of the sandbox, under the access rules of this API. Its token stays here; bodies and answers pass as they
 * are, its own refusals too (`controlError`), so that the sandbox's typed client can be pointed at us with a key of ours.
 */
export async function proxySandbox(server: FastifyInstance, control: { url: string; token: string } | undefined) {
  if (!control) return refuseAll(server);
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', (_, payload, done) => done(null, payload));
  await server.register(replyFrom, { base: control.url, disableRequestLogging: true });
  const { token } = control;
  server.route({
    method: methods,
    url: `${prefix}/*`,
    handler: (request, reply) =>
      reply.from(request.raw.url?.slice(prefix.length) || '/', {
        rewriteRequestHeaders: (_, { 'content-type': type, 'content-length': length, accept }) => ({
          authorization: `Bearer ${token}`,
          ...(type && { 'content-type': type }),
          ...(length && { 'content-length': length }),
          ...(accept && { accept }),
        }),
        onError: (answer) => sayAway(answer as FastifyReply),
      }),
  });
}

function refuseAll(server: FastifyInstance): void {
  const handler = () => {
    throw new ProblemError('not_found', 'There is no sandbox to steer here: it is off (SANDBOX), or is not ours.');
  };
  server.route({ method: methods, url: `${prefix}/*`, handler });
}

function sayAway(reply: FastifyReply): void {
  const problem = new ProblemError('unavailable', 'The sandbox is starting or gone; try again.', [], 1);
  void reply.status(503).header('retry-after', 1).type('application/json').send(bodyOf(problem, reply.request.id));
}
