import type { IncomingHttpHeaders } from 'node:http';

/** What of a request tells where it was sent to; Fastify's request, which honours TRUST_PROXY, is one. */
interface Addressed {
  protocol: string;
  host: string;
}

/** The one origin of this installation: PUBLIC_URL if it is set, else the address that the request was sent to. */
export function ownOrigin(request: Addressed, publicUrl: string | undefined): string {
  return publicUrl === undefined ? `${request.protocol}://${request.host}` : new URL(publicUrl).origin;
}

/** `silent`: the request does not say where it comes from, as those of programs do not. */
export type Sender = 'same' | 'foreign' | 'silent';

/**
 * Where a request comes from, by what a browser says and a page cannot change. `Origin` decides when it is there; else
 * `Sec-Fetch-Site`, of which only `same-origin` is ours: a sister subdomain is foreign.
 */
export function senderOf(headers: IncomingHttpHeaders, own: string): Sender {
  if (headers.origin !== undefined) return headers.origin === own ? 'same' : 'foreign';
  const site = headers['sec-fetch-site'];
  if (site === undefined) return 'silent';
  return site === 'same-origin' ? 'same' : 'foreign';
}
