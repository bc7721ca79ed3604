import { NextResponse, type NextRequest } from 'next/server';

/**
 * Gives each page a content security policy of its own. Scripts run only with this answer's nonce, which Next reads
 * from the policy in the request and puts on every script it writes. Styles may be inline: menus and toasts place
 * themselves by them.
 */
export function proxy(request: NextRequest) {
  const nonce = btoa(crypto.randomUUID());
  const policy = policyOf(nonce, request);
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  return response;
}

function policyOf(nonce: string, request: NextRequest): string {
  const development = process.env.NODE_ENV === 'development';
  const host = request.headers.get('x-forwarded-host') ?? request.headers.get('host');
  // Older browsers do not count ws: as 'self'.
  const sockets = host && /^[\w.:[\]-]+$/.test(host) ? ` ws://${host} wss://${host}` : '';
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${sockets}`,
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

export const config = { matcher: ['/((?!api/|_next/static|_next/image|icon.svg|favicon.ico).*)'] };
