import type { FastifyInstance } from 'fastify';

/**
 * Bodies are JSON and nothing else: what an HTML form can send is not understood. An empty one is no body, since many
 * programs name the type of a body that they do not send. Keys that would reach a prototype are refused.
 */
export function readJson(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser('error', 'error');
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body.length === 0) return done(null, undefined);
    return parse(request, body as string, done);
  });
}
