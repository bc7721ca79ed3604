/**
 * The page that tells browsers, and clients that want to be up to date, which version is current: `/sw.js`, as on
 * web.whatsapp.com. Here it is the least version that a fault asks for, or else one that nobody is refused for.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Services } from './services.js';

const PAGE = '/sw.js';
const CURRENT = 1_027_934_701;

export function answerPage(services: Services, request: IncomingMessage, response: ServerResponse): void {
  if (request.url !== PAGE || request.method !== 'GET') return void response.writeHead(426).end();
  services.counts.add('version-pages');
  response.writeHead(200, { 'content-type': 'text/javascript' });
  response.end(`/*sandbox*/self.__d=JSON.parse("{\\"client_revision\\":${currentRevision(services)}}");`);
}

function currentRevision({ faults }: Services): number {
  const wanted = faults.list().map(({ effect }) => (effect.kind === 'least-version' ? effect.version[2] : 0));
  return Math.max(CURRENT, ...wanted);
}
