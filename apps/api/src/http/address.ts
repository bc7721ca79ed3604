import type { IncomingMessage } from 'node:http';
import proxyaddr from '@fastify/proxy-addr';
import type { ApiSettings } from '../api.settings.js';

/**
 * Where a request came from, as Fastify's `request.ip` says it under the same TRUST_PROXY; for what does not go through
 * Fastify. Who is not behind a trusted proxy cannot choose it by a header.
 */
export function addressOf(request: IncomingMessage, trust: ApiSettings['trustProxy']): string {
  return proxyaddr(request, trustedBy(trust));
}

function trustedBy(trust: ApiSettings['trustProxy']): (address: string, place: number) => boolean {
  if (typeof trust === 'boolean') return () => trust;
  if (typeof trust === 'number') return (_, place) => place < trust;
  return proxyaddr.compile(trust.split(',').map((each) => each.trim()));
}
