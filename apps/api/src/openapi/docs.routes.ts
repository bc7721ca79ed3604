import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { cloneRoot } from '../config/clone-root.ts';
import { ProblemError } from '../errors/problem.js';

/** Of what the package holds: these, and not its demonstration page. */
const assets = new Set(['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png']);

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>Trunkline API</title>
    <link rel="icon" href="/api/docs/favicon-32x32.png" />
    <link rel="stylesheet" href="/api/docs/swagger-ui.css" />
  </head>
  <body>
    <div id="docs"></div>
    <script src="/api/docs/swagger-ui-bundle.js"></script>
    <script src="/api/docs/start.js"></script>
  </body>
</html>
`;

/** In a file of its own, since the policy lets no inline script run. Keys are not kept by the browser. */
const start = `SwaggerUIBundle({ url: '/api/docs/json', dom_id: '#docs', deepLinking: true, persistAuthorization: false });\n`;

/** The document and a page that draws it; both hold the schema and no data. */
export async function serveDocs(server: FastifyInstance, document: () => object): Promise<void> {
  const { resolve } = createRequire(join(cloneRoot, 'apps', 'api', 'package.json'));
  const root = dirname(resolve('swagger-ui-dist/package.json'));
  await server.register(fastifyStatic, { root, serve: false });
  server.get('/api/docs', (_, reply) => reply.type('text/html; charset=utf-8').send(page));
  server.get('/api/docs/json', (_, reply) => reply.send(document()));
  server.get<{ Params: { asset: string } }>('/api/docs/:asset', (request, reply) => {
    const { asset } = request.params;
    if (asset === 'start.js') return reply.type('text/javascript; charset=utf-8').send(start);
    if (!assets.has(asset)) throw new ProblemError('not_found', 'There is nothing at this address.');
    return reply.sendFile(asset);
  });
}
