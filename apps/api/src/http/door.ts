import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ApiSettings } from '../api.settings.js';
import { ProblemError } from '../errors/problem.js';
import { ACCESS, accessOf, atLeast, isOpenPage } from '../modules/auth/access.js';
import type { Caller } from '../modules/auth/caller.js';
import type { Callers } from '../modules/auth/callers.js';
import { keyIn } from '../modules/auth/key.js';
import { ownOrigin, senderOf } from './origin.js';
import { RATES, type RateLimits, type Standing } from './rate.limit.js';
import { contentSecurityPolicy } from './security.headers.js';
import { TRACE_HEADER } from './trace.js';

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | null;
    /** Of a page: inline scripts of the answer carry it. */
    nonce: string;
  }
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * The one door: every request passes here before anything reads it, whoever registered its route. In order: trace id and
 * policy on the answer, who asks, where it comes from, whether they may, how often.
 */
export class Door {
  /** Every route of the server, as it was registered. */
  readonly routes: { method: string; url: string }[] = [];

  constructor(
    private readonly callers: Callers,
    private readonly limits: RateLimits,
    private readonly settings: ApiSettings,
  ) {}

  install(server: FastifyInstance): void {
    server.decorateRequest('caller', null);
    server.decorateRequest('nonce', '');
    server.addHook('onRoute', ({ method, url }) => [method].flat().forEach((one) => this.#admit(one, url)));
    server.addHook('onRequest', (request, reply) => this.#enter(request, reply));
  }

  /** Fastify adds HEAD to each GET by itself; the table knows both by GET. */
  #admit(method: string, url: string): void {
    this.routes.push({ method, url });
    if (method === 'HEAD' || API_REST.includes(url)) return;
    if (!(`${method} ${url}` in ACCESS)) throw new Error(`The route ${method} ${url} is not in the access table.`);
  }

  async #enter(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
    const access = accessOf(request.method, request.routeOptions.url);
    const path = pathOf(request);
    this.#label(request, reply, access === 'page');
    if (access === 'page' && isOpenPage(path)) return undefined;
    this.#checkFlood(request, reply);
    await this.#identify(request, reply, access === 'open');
    this.#checkSender(request);
    if (access === 'open') return undefined;
    if (!request.caller) return this.#refuse(request, reply, access === 'page');
    this.#checkPace(request.caller, reply);
    if (access !== 'page' && !atLeast(request.caller.me.role, access)) {
      throw new ProblemError('forbidden', `This needs the role ${access}; yours is ${request.caller.me.role}.`);
    }
    return undefined;
  }

  #label(request: FastifyRequest, reply: FastifyReply, page: boolean): void {
    if (page) request.nonce = randomBytes(16).toString('base64');
    void reply.header(TRACE_HEADER, request.id);
    void reply.header(
      'content-security-policy',
      contentSecurityPolicy(request.nonce || undefined, page && this.settings.development),
    );
    if (!page) void reply.header('cache-control', 'no-store');
  }

  /** Where anybody may come in, a wrong credential, or a database that is away, makes a stranger. */
  async #identify(request: FastifyRequest, reply: FastifyReply, open: boolean): Promise<void> {
    const identified = this.callers.identify(request.headers);
    const { caller, cookies } = await (open ? identified.catch(() => nobody) : identified);
    request.caller = caller;
    if (cookies.length > 0) void reply.header('set-cookie', cookies);
  }

  /**
   * A browser sends cookies by itself, also for a foreign page: what changes something must come from a page of ours.
   * Programs with keys are not asked; a stranger is refused when the request itself says that it is foreign.
   */
  #checkSender(request: FastifyRequest): void {
    if (safeMethods.has(request.method) || keyIn(request.headers) !== undefined) return;
    const sender = senderOf(request.headers, ownOrigin(request, this.settings.publicUrl));
    if (sender === 'same' || (sender === 'silent' && !request.caller)) return;
    throw new ProblemError('forbidden', 'This request does not come from a page of this installation (Origin).');
  }

  #refuse(request: FastifyRequest, reply: FastifyReply, page: boolean): FastifyReply {
    this.limits.take(RATES.refusals, request.ip);
    if (!page) throw new ProblemError('unauthenticated', 'Sign in, or send a key as X-Api-Key or as a bearer.');
    return reply.redirect(`/sign-in?next=${encodeURIComponent(request.url)}`, 302);
  }

  #checkFlood(request: FastifyRequest, reply: FastifyReply): void {
    const standing = this.limits.peek(RATES.refusals, request.ip);
    if (!standing.allowed) throw tooMany(reply, standing);
  }

  #checkPace({ credential }: Caller, reply: FastifyReply): void {
    const standing = this.limits.take(RATES.work, `${credential.kind} ${credential.id}`);
    showStanding(reply, standing);
    if (!standing.allowed) throw tooMany(reply, standing);
  }
}

const nobody = { caller: null, cookies: [] as string[] };

function showStanding(reply: FastifyReply, { limit, remaining, resetSeconds }: Standing): void {
  void reply.headers({
    'ratelimit-limit': limit,
    'ratelimit-remaining': remaining,
    'ratelimit-reset': resetSeconds,
  });
}

/** What is thrown at who is over a limit. */
export function tooMany(reply: FastifyReply, { resetSeconds }: Standing): ProblemError {
  void reply.header('retry-after', resetSeconds);
  return new ProblemError('too_many_requests', `Too many requests; wait ${resetSeconds} s.`, [], resetSeconds);
}

function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? '';
}

/** Whatever is under /api and is no route: refused to strangers like a route, and "not found" to others. */
export const API_REST = ['/api', '/api/*'];
