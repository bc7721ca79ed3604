import type { IncomingHttpHeaders } from 'node:http';
import replyFrom from '@fastify/reply-from';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { contentSecurityPolicy } from '../http/security.headers.js';

/** Tells the pages nothing that opens the API: they call it from the browser. */
const withheld = ['x-api-key', 'authorization'];

const waiting = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="refresh" content="1" />
    <title>Trunkline is starting</title>
  </head>
  <body style="font-family: system-ui; display: grid; place-items: center; height: 90vh">
    <p>The dashboard is starting. This page reloads by itself.</p>
  </body>
</html>
`;

/** Everything that is not the API comes from the pages' process, streamed. While it is away, a page says so and reloads. */
export async function proxyPages(server: FastifyInstance, pagesUrl: string, development: boolean): Promise<void> {
  await server.register(replyFrom, { base: pagesUrl, disableRequestLogging: true });
  server.get('/*', (request, reply) =>
    reply.from(request.raw.url, {
      rewriteRequestHeaders: (_, headers) => headersFor(request, headers, development),
      onError: (answer) => sayWaiting(answer as FastifyReply),
    }),
  );
}

/** Next takes the nonce for its inline scripts from the policy of the request. */
function headersFor(request: FastifyRequest, headers: IncomingHttpHeaders, development: boolean): IncomingHttpHeaders {
  const kept = Object.entries(headers).filter(([name]) => !withheld.includes(name));
  return {
    ...Object.fromEntries(kept),
    host: request.host,
    'x-forwarded-host': request.host,
    'x-forwarded-proto': request.protocol,
    'x-forwarded-for': request.ip,
    'x-nonce': request.nonce,
    'content-security-policy': contentSecurityPolicy(request.nonce, development),
  };
}

function sayWaiting(reply: FastifyReply): void {
  void reply
    .status(503)
    .headers({ 'retry-after': 1, 'cache-control': 'no-store' })
    .type('text/html; charset=utf-8')
    .send(waiting);
}
