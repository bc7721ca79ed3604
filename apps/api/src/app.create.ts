import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import type { ApiSettings } from './api.settings.js';
import { AppModule, type Ground } from './app.module.js';
import { API_REST, Door } from './http/door.js';
import { NestLog } from './http/nest.log.js';
import { ProblemFilter } from './http/problem.filter.js';
import { problemReply } from './http/problem.reply.js';
import { logRequests } from './http/request.log.js';
import { helmetOptions } from './http/security.headers.js';
import { tellTime } from './http/server.time.js';
import { readArchives } from './http/archive.body.js';
import { readJson } from './http/json.body.js';
import { newTraceId } from './http/trace.js';
import { validationPipe } from './http/validation.js';
import { readForms } from './modules/whatsapp/media/media.form.js';
import { proxySandbox } from './modules/sandbox/sandbox.proxy.js';
import { ProblemError } from './errors/problem.js';
import { serveDocs } from './openapi/docs.routes.js';
import { createDocument } from './openapi/document.js';
import { proxyPages } from './pages/page.proxy.js';
import { tunnelReload } from './pages/reload.tunnel.js';

const bodyLimit = 1024 * 1024;
/** A thousand messages in one call are larger than what any other route takes. */
const LARGE: Record<string, number> = { '/api/whatsapp/messages/batch': 16 * 1024 * 1024 };

/** The whole server, not yet listening: the door first, so that no route can be reached around it. */
export async function createApp(ground: Ground): Promise<NestFastifyApplication> {
  const { settings, log } = ground;
  const adapter = new FastifyAdapter({
    trustProxy: trustOf(settings.trustProxy),
    genReqId: newTraceId,
    requestIdHeader: false,
    bodyLimit,
    forceCloseConnections: true,
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.on(ground), adapter, {
    logger: new NestLog(log),
    abortOnError: false,
    bodyParser: false,
  });
  app.setGlobalPrefix('api');
  app.useGlobalPipes(validationPipe());
  app.useGlobalFilters(new ProblemFilter(log));
  const server = adapter.getInstance() as unknown as FastifyInstance;
  readJson(server);
  readArchives(server);
  server.addHook('onRoute', (route) => void (route.bodyLimit = LARGE[route.url] ?? route.bodyLimit));
  await readForms(server);
  await server.register(helmet, helmetOptions(settings.publicUrl?.startsWith('https:') ?? false));
  tellTime(server, ground.clock);
  app.get(Door).install(server);
  logRequests(server, log);
  await addOwnRoutes(app, server, ground);
  await app.init();
  await server.ready();
  return app;
}

/** What is no controller's: documentation, proxies, and the rest of /api. In a scope, since Nest's filter comes later. */
async function addOwnRoutes(
  app: NestFastifyApplication,
  root: FastifyInstance,
  { settings, log }: Ground,
): Promise<void> {
  let document: object | undefined;
  const { pagesUrl, development } = settings;
  await root.register(async (server) => {
    server.setErrorHandler(problemReply(log));
    await server.register((scope) => serveDocs(scope, () => (document ??= createDocument(app, settings.version))));
    await server.register((scope) => proxySandbox(scope, settings.sandboxControl));
    if (pagesUrl) await server.register((scope) => proxyPages(scope, pagesUrl, development));
    for (const url of API_REST) server.all(url, nothingHere);
  });
  if (pagesUrl && development) tunnelReload(root.server, pagesUrl);
}

function nothingHere(): never {
  throw new ProblemError('not_found', 'There is nothing at this address.');
}

/** So many proxies in front; Fastify by itself takes a number for none, because a client past them could forge hops. */
function trustOf(trust: ApiSettings['trustProxy']) {
  return typeof trust === 'number' ? (_address: string, hop: number) => hop < trust : trust;
}
