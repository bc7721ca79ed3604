import type { FastifyReply, FastifyRequest } from 'fastify';
import type { SignIn } from '@trunkline/contracts';
import { ProblemError } from '../../errors/problem.js';
import { tooMany } from '../../http/door.js';
import { RATES, type RateLimits } from '../../http/rate.limit.js';
import { type Auth, CLIENT_ADDRESS } from './auth.library.js';

/** Sign-in, sign-out and change of password, by the auth library; its cookies go on the answer. */
export class SessionService {
  constructor(
    private readonly auth: Auth,
    private readonly limits: RateLimits,
  ) {}

  async signIn({ email, password, rememberMe }: SignIn, request: FastifyRequest, reply: FastifyReply) {
    this.#countAttempt(email, request, reply);
    const body = { email: email.toLowerCase(), password, rememberMe };
    const { headers, response } = await this.auth.api
      .signInEmail({ body, headers: libraryHeaders(request), returnHeaders: true })
      .catch(refuseAs('unauthenticated', 'The e-mail address or the password is wrong.'));
    setCookies(reply, headers);
    return response.user;
  }

  /** Without a session it only takes the cookies away. */
  async signOut(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { headers } = await this.auth.api.signOut({ headers: libraryHeaders(request), returnHeaders: true });
    setCookies(reply, headers);
  }

  async current(request: FastifyRequest) {
    return this.auth.api.getSession({ headers: libraryHeaders(request) });
  }

  /** Ends every other session of this person. */
  async changePassword(current: string, next: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const body = { currentPassword: current, newPassword: next, revokeOtherSessions: true };
    const { headers } = await this.auth.api
      .changePassword({ body, headers: libraryHeaders(request), returnHeaders: true })
      .catch(refuseAs('forbidden', 'The current password is wrong.'));
    setCookies(reply, headers);
  }

  #countAttempt(email: string, request: FastifyRequest, reply: FastifyReply): void {
    const standings = [
      this.limits.take(RATES.signInByAddress, request.ip),
      this.limits.take(RATES.signInByMailbox, email.toLowerCase()),
    ];
    const over = standings.find(({ allowed }) => !allowed);
    if (over) throw tooMany(reply, over);
  }
}

/** Only what the library needs, so that nothing a client sends (such as a forwarded host) can mislead it. */
function libraryHeaders(request: FastifyRequest): Headers {
  const headers = new Headers({ [CLIENT_ADDRESS]: request.ip });
  for (const name of ['cookie', 'user-agent'] as const) {
    if (request.headers[name]) headers.set(name, request.headers[name]);
  }
  return headers;
}

function setCookies(reply: FastifyReply, headers: Headers): void {
  const cookies = headers.getSetCookie();
  if (cookies.length > 0) void reply.header('set-cookie', cookies);
}

/** The library refuses with a 4xx and words of its own; anything else is a fault. */
function refuseAs(code: 'unauthenticated' | 'forbidden', message: string) {
  return (error: unknown): never => {
    const { statusCode = 500 } = error as { statusCode?: number };
    throw statusCode < 500 ? new ProblemError(code, message) : error;
  };
}
