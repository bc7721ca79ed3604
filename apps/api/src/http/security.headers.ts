import type { FastifyHelmetOptions } from '@fastify/helmet';

/**
 * What a page of ours may load (docs/decisions/content-security-policy.md). Scripts come from our own origin; the inline
 * ones that Next writes carry the nonce of this answer. Styles may be inline, because style attributes know no nonce.
 *
 * @param development Next's hot reload evaluates code
 */
export function contentSecurityPolicy(nonce?: string, development = false): string {
  const scripts = ["'self'", nonce ? `'nonce-${nonce}'` : '', development ? "'unsafe-eval'" : ''];
  return [
    "default-src 'self'",
    `script-src ${scripts.filter(Boolean).join(' ')}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    // What is about to be sent is heard and seen before it leaves the page.
    "media-src 'self' blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** The other headers. The policy above is set by the door, since it differs by answer. */
export function helmetOptions(overHttps: boolean): FastifyHelmetOptions {
  return {
    contentSecurityPolicy: false,
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'same-origin' },
    hsts: overHttps && { maxAge: 15_552_000, includeSubDomains: false },
  };
}
