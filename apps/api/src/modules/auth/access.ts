import { type Role, ROLES } from '@trunkline/contracts';

/**
 * Who may what: one line for each route that the server has, by the least role. A route without a line stops the start.
 *
 * `open`: answers without a session or a key. This is the whole list; docs/decisions/authentication.md says why each is.
 * `page`: a page of the dashboard, or an asset of one: open by its path (see `isOpenPage`), else sent to sign-in.
 */
export const ACCESS: Record<string, Role | 'open' | 'page'> = {
  'POST /api/auth/sign-in/email': 'open',
  'POST /api/auth/sign-out': 'open',
  'POST /api/setup': 'open',
  'GET /api/system': 'open',
  'GET /api/health/live': 'open',
  'GET /api/docs': 'open',
  'GET /api/docs/json': 'open',
  'GET /api/docs/:asset': 'open',
  'GET /api/whatsapp/media/:id/shared': 'open',
  'GET /*': 'page',

  'GET /api/auth/get-session': 'viewer',
  'POST /api/auth/change-password': 'viewer',
  'GET /api/me': 'viewer',
  'GET /api/health/ready': 'viewer',
  'GET /api/metrics': 'viewer',
  'GET /api/events': 'viewer',

  'GET /api/system/key': 'admin',
  'POST /api/system/key/saved': 'admin',

  'GET /api/keys': 'admin',
  'POST /api/keys': 'admin',
  'DELETE /api/keys/:id': 'admin',

  'GET /api/whatsapp/health': 'viewer',
  'GET /api/whatsapp/health/restore': 'viewer',

  'GET /api/whatsapp/accounts': 'viewer',
  'GET /api/whatsapp/accounts/:id': 'viewer',
  'GET /api/whatsapp/accounts/:id/timeline': 'viewer',
  'GET /api/whatsapp/accounts/:id/diagnostics': 'viewer',
  'POST /api/whatsapp/accounts': 'operator',
  'POST /api/whatsapp/accounts/import': 'operator',
  'GET /api/whatsapp/accounts/:id/generations': 'viewer',
  'POST /api/whatsapp/accounts/:id/generations/:generationId/restore': 'operator',
  'PATCH /api/whatsapp/accounts/:id': 'operator',
  'DELETE /api/whatsapp/accounts/:id': 'admin',
  'POST /api/whatsapp/accounts/:id/initialize': 'operator',
  'POST /api/whatsapp/accounts/:id/disconnect': 'operator',
  'POST /api/whatsapp/accounts/:id/reset': 'operator',
  'POST /api/whatsapp/accounts/:id/logout': 'operator',
  'PUT /api/whatsapp/accounts/:id/phone': 'operator',
  'POST /api/whatsapp/accounts/:id/phone': 'operator',
  'POST /api/whatsapp/accounts/:id/accept-number': 'operator',
  'POST /api/whatsapp/accounts/:id/refuse-number': 'operator',
  'POST /api/whatsapp/accounts/:id/pairing-code': 'operator',
  'GET /api/whatsapp/accounts/:id/qr': 'operator',
  'GET /api/whatsapp/accounts/:id/messaging': 'viewer',
  'PUT /api/whatsapp/accounts/:id/messaging': 'operator',

  'GET /api/whatsapp/accounts/:id/profile': 'viewer',
  'PATCH /api/whatsapp/accounts/:id/profile': 'operator',
  'PUT /api/whatsapp/accounts/:id/profile/picture': 'operator',
  'DELETE /api/whatsapp/accounts/:id/profile/picture': 'operator',
  'POST /api/whatsapp/profiles/look': 'viewer',
  'GET /api/whatsapp/profiles/:id/picture': 'viewer',

  'GET /api/whatsapp/accounts/:id/proxy': 'viewer',
  'PUT /api/whatsapp/accounts/:id/proxy': 'operator',
  'GET /api/whatsapp/proxies': 'operator',
  'POST /api/whatsapp/proxies': 'admin',
  'PATCH /api/whatsapp/proxies/:id': 'admin',
  'DELETE /api/whatsapp/proxies/:id': 'admin',
  'POST /api/whatsapp/proxies/:id/test': 'operator',
  'GET /api/whatsapp/proxy-pools': 'operator',
  'POST /api/whatsapp/proxy-pools': 'admin',
  'PATCH /api/whatsapp/proxy-pools/:id': 'admin',
  'DELETE /api/whatsapp/proxy-pools/:id': 'admin',

  'POST /api/whatsapp/messages': 'operator',
  'GET /api/whatsapp/messages': 'viewer',
  'GET /api/whatsapp/messages/:id': 'viewer',
  'PATCH /api/whatsapp/messages/:id': 'operator',
  'GET /api/whatsapp/messages/:id/receipts': 'viewer',
  'POST /api/whatsapp/messages/:id/cancel': 'operator',
  'POST /api/whatsapp/messages/:id/retry': 'operator',
  'POST /api/whatsapp/messages/batch': 'operator',
  'GET /api/whatsapp/messages/batches/:id': 'viewer',
  'POST /api/whatsapp/messages/batches/:id/cancel': 'operator',
  'GET /api/whatsapp/accounts/:id/queue': 'viewer',
  'POST /api/whatsapp/media': 'operator',
  'GET /api/whatsapp/media/:id': 'viewer',
  'GET /api/whatsapp/media/:id/info': 'viewer',
  'POST /api/whatsapp/media/:id/fetch': 'operator',
  'POST /api/whatsapp/media/:id/link': 'operator',
  'GET /api/whatsapp/chats': 'viewer',
  'PATCH /api/whatsapp/chats/:id': 'operator',
  'POST /api/whatsapp/chats/:id/read': 'operator',
  'POST /api/whatsapp/chats/:id/older': 'operator',
  'POST /api/whatsapp/chats/:id/show': 'operator',
  'POST /api/whatsapp/chats/:id/watch': 'viewer',
  'GET /api/whatsapp/messages/search': 'viewer',
  'GET /api/whatsapp/groups': 'viewer',
  'GET /api/whatsapp/groups/:id/participants': 'viewer',
  'PUT /api/whatsapp/groups/:id/picture': 'operator',
  'DELETE /api/whatsapp/groups/:id/picture': 'operator',

  'GET /api/whatsapp/status': 'viewer',
  'GET /api/whatsapp/channels': 'viewer',
  'GET /api/whatsapp/channels/:id/posts': 'viewer',

  'GET /api/whatsapp/accounts/:id/budget': 'viewer',
  'GET /api/whatsapp/accounts/:id/governor': 'viewer',
  'PUT /api/whatsapp/accounts/:id/governor': 'admin',

  'GET /api/whatsapp/opt-outs': 'viewer',
  'POST /api/whatsapp/opt-outs': 'operator',
  'POST /api/whatsapp/opt-outs/:id/consent': 'admin',
  'POST /api/whatsapp/opt-outs/import': 'admin',
  'GET /api/whatsapp/opt-outs/export': 'admin',

  'GET /api/sandbox/*': 'operator',
  'POST /api/sandbox/*': 'operator',
  'PUT /api/sandbox/*': 'operator',
  'PATCH /api/sandbox/*': 'operator',
  'DELETE /api/sandbox/*': 'operator',

  'POST /api/test/clock': 'owner',
};

/** Who may link an account: sees QR texts and pairing codes. */
export const MAY_PAIR: Role = 'operator';

/** Sign-in and set-up, what every page loads, and the few files that browsers ask for by themselves. */
const openPages = /^\/(sign-in|setup)\/?$|^\/_next\/|^\/[\w.-]+\.(ico|png|svg|webmanifest|txt)$/;

/** Segments that a server behind us would fold: `/_next/../x` is not an asset. */
const folded = /(^|\/)\.{1,2}(\/|$)|%2e|%2f|%5c|\\/i;

export function isOpenPage(path: string): boolean {
  return openPages.test(path) && !folded.test(path);
}

/** The line of a route. What is no route at all (an unknown address under /api) tells nothing to strangers: `viewer`. */
export function accessOf(method: string, route: string | undefined): Role | 'open' | 'page' {
  return ACCESS[`${method === 'HEAD' ? 'GET' : method} ${route}`] ?? 'viewer';
}

/** `ROLES` goes from the one who may most to the one who may least. */
export function atLeast(role: Role, least: Role): boolean {
  return ROLES.indexOf(role) <= ROLES.indexOf(least);
}
