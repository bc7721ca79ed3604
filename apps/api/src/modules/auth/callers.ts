import type { IncomingHttpHeaders } from 'node:http';
import { type Role, ROLES } from '@trunkline/contracts';
import type { Clock } from '../../clock/clock.js';
import type { Auth, AuthUser } from './auth.library.js';
import type { Caller, Credential } from './caller.js';
import { keyIn } from './key.js';
import type { KeyRepository } from './key.repository.js';
import type { KeyService } from './key.service.js';
import type { SessionRepository } from './session.repository.js';

export interface Identified {
  caller: Caller | null;
  /** A session that is used is prolonged now and then: its cookies, to be sent with the answer. */
  cookies: string[];
}

/** Tells who sends a request or opens a socket. */
export class Callers {
  constructor(
    private readonly auth: Auth,
    private readonly keys: KeyService,
    private readonly keyRows: KeyRepository,
    private readonly sessionRows: SessionRepository,
    private readonly clock: Clock,
  ) {}

  /** A key, where there is one, decides alone: a wrong key beside a good cookie lets nobody in. */
  async identify(headers: IncomingHttpHeaders, key = keyIn(headers)): Promise<Identified> {
    if (key !== undefined) return { caller: await this.keys.identify(key), cookies: [] };
    return this.#bySession(headers.cookie);
  }

  /** Of these, those that still open something, each with its role as it is now. */
  async standing(credentials: Credential[]): Promise<Map<string, Role>> {
    const of = (kind: Credential['kind']) => credentials.filter((one) => one.kind === kind).map(({ id }) => id);
    const [sessions, keys] = await Promise.all([
      this.sessionRows.standing(of('session'), this.clock.now()),
      this.keyRows.standing(of('key')),
    ]);
    return new Map([...sessions, ...keys]);
  }

  async #bySession(cookie: string | undefined): Promise<Identified> {
    if (!cookie?.includes('trunkline.')) return { caller: null, cookies: [] };
    const { headers, response } = await this.auth.api.getSession({
      headers: new Headers({ cookie }),
      returnHeaders: true,
    });
    return { caller: response && callerOf(response.session.id, response.user), cookies: headers.getSetCookie() };
  }
}

function callerOf(sessionId: string, { id, name, email, role }: AuthUser): Caller {
  const known = ROLES.find((one) => one === role) ?? 'viewer';
  return { me: { kind: 'user', id, name, email, role: known }, credential: { kind: 'session', id: sessionId } };
}
