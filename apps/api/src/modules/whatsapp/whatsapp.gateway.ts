/**
 * The live side of the API: pages and programs subscribe with the last position they have seen, get what they missed in
 * order, then what comes. A socket is let in like a request: by a session's cookie from a page of ours, or by a key. When
 * the session or the key ends, so does the socket.
 */
import type { Server as HttpServer } from 'node:http';
import {
  type EphemeralEnvelope,
  GATEWAY_PATH,
  type RestoreProgress,
  subscribeSchema,
  type SubscribeRequest,
} from '@trunkline/contracts';
import type { Logger } from 'pino';
import { Server } from 'socket.io';
import { ProblemError } from '../../errors/problem.js';
import type { ApiSettings } from '../../api.settings.js';
import type { Cancel, Clock } from '../../clock/clock.js';
import { addressOf } from '../../http/address.js';
import { ownOrigin, senderOf } from '../../http/origin.js';
import { RATES, type RateLimits } from '../../http/rate.limit.js';
import type { Sql } from '../../database/database.js';
import { type Caller, ctxOf } from '../auth/caller.js';
import type { Listener } from '../cluster/listener.repository.js';
import type { Callers } from '../auth/callers.js';
import type { CredentialEndings } from '../auth/credential.endings.js';
import { type Ctx, mayAccess } from '../auth/ctx.js';
import type { EventReader } from './events/event.reader.repository.js';
import type { Secrets } from './events/secrets.js';
import { hearPassing } from './gateway/ephemeral.js';
import { EventCursor } from './gateway/event.cursor.js';
import type { EventFeed } from './gateway/event.feed.js';
import { PageSink, type PageSocket } from './gateway/page.sink.js';
import { ProgressTeller } from './gateway/progress.teller.js';
import { TimeTeller } from './gateway/time.teller.js';

/** A session or key that ended in another process is found this often. */
const LOOK_MS = 15_000;
const MOST_SUBSCRIPTIONS = 50;
/** Both sides give up a line on which nothing came for the sum of the two. */
const PING = { pingInterval: 8_000, pingTimeout: 5_000 };

export interface GatewayParts {
  settings: ApiSettings;
  callers: Callers;
  limits: RateLimits;
  endings: CredentialEndings;
  feed: EventFeed;
  sql: Sql;
  listener: Listener;
  reader: EventReader;
  secrets: Secrets;
  restore(ctx: Ctx): Promise<RestoreProgress>;
  clock: Clock;
  log: Logger;
}

export class WhatsappGateway {
  #server: Server | undefined;
  #off: Cancel | undefined;
  #offPassing: Cancel | undefined;
  readonly #subscribed = new Map<PageSocket, ReadonlyMap<string | null, unknown>>();
  #timer: Cancel | undefined;

  readonly #progress: ProgressTeller;
  readonly #time: TimeTeller;

  constructor(private readonly parts: GatewayParts) {
    const listeners = () =>
      this.#sockets().map((socket) => ({
        ctx: () => ctxOf(socket.data.caller),
        progress: (progress: RestoreProgress) => void socket.emit('progress', progress),
      }));
    this.#progress = new ProgressTeller(parts.clock, (ctx) => parts.restore(ctx), listeners);
    this.#time = new TimeTeller(parts.clock, (time) => {
      for (const socket of this.#sockets()) socket.emit('time', time);
    });
  }

  /** On the one HTTP server of the process. */
  async attach(http: HttpServer): Promise<void> {
    await this.parts.feed.start();
    const server = new Server(http, { path: GATEWAY_PATH, serveClient: false, maxHttpBufferSize: 16_384, ...PING });
    server.use((socket, next) => {
      this.#admit(socket as PageSocket).then(
        () => next(),
        (error: Error) => next(refusal(error)),
      );
    });
    server.on('connection', (socket) => this.#serve(socket as PageSocket));
    this.#server = server;
    this.#off = this.parts.endings.listen(({ id }) => this.#end(({ credential }) => credential.id === id));
    this.#offPassing = hearPassing(this.parts.sql, this.parts.listener, (envelope) => this.#pass(envelope));
    this.#lookLater();
    this.#progress.start();
    this.#time.start();
  }

  /**
   * To each socket that subscribed to the account and may see it. What ends something (a history is here, a person is gone) has
   * to arrive, so that nothing is left out for a socket that is busy; one that is silent is ended, with what waits for it.
   */
  #pass(envelope: EphemeralEnvelope): void {
    for (const [socket, accounts] of this.#subscribed)
      if (
        (accounts.has(null) || accounts.has(envelope.accountId)) &&
        mayAccess(ctxOf(socket.data.caller), envelope.accountId)
      )
        socket.emit('ephemeral', envelope);
  }

  /** Those that are here; one that left while it was looked up never was. */
  #sockets(): PageSocket[] {
    return [...(this.#server?.sockets.sockets.values() ?? [])] as PageSocket[];
  }

  async stop(): Promise<void> {
    this.#off?.();
    this.#offPassing?.();
    this.#timer?.();
    this.#progress.stop();
    this.#time.stop();
    await this.parts.feed.stop();
    this.#server?.disconnectSockets(true);
    this.#server?.engine.close();
  }

  async #admit(socket: PageSocket): Promise<void> {
    const { headers, auth } = socket.handshake;
    const key = typeof auth.apiKey === 'string' ? auth.apiKey : undefined;
    const address = addressOf(socket.request, this.parts.settings.trustProxy);
    this.#checkFlood(address);
    const { caller } = await this.parts.callers.identify(headers, key ?? undefined);
    if (!caller) throw this.#refused(address);
    if (caller.credential.kind === 'session') this.#checkOrigin(socket);
    socket.data.caller = caller;
  }

  /** Before anything is looked up, as at the door of the routes: they count together. */
  #checkFlood(address: string): void {
    const { allowed, resetSeconds } = this.parts.limits.peek(RATES.refusals, address);
    if (!allowed)
      throw new ProblemError('too_many_requests', `Too many refusals; wait ${resetSeconds} s.`, [], resetSeconds);
  }

  #refused(address: string): ProblemError {
    this.parts.limits.take(RATES.refusals, address);
    return new ProblemError('unauthenticated', 'Sign in, or give a key as auth.apiKey.');
  }

  /** A browser sends the cookie for any page: only pages of this installation may use it. */
  #checkOrigin(socket: PageSocket): void {
    const { headers } = socket.handshake;
    const { settings } = this.parts;
    const forwarded = settings.trustProxy === false ? undefined : headers['x-forwarded-proto'];
    const protocol = typeof forwarded === 'string' ? forwarded.split(',')[0]!.trim() : 'http';
    const own = ownOrigin({ protocol, host: headers.host ?? '' }, settings.publicUrl);
    if (senderOf(headers, own) === 'same') return;
    throw new ProblemError('forbidden', 'This socket does not come from a page of this installation (Origin).');
  }

  #serve(socket: PageSocket): void {
    const sink = new PageSink(socket, this.parts.secrets);
    const cursors = new Map<string | null, EventCursor>();
    this.#subscribed.set(socket, cursors);
    socket.emit('time', this.#time.time());
    socket.on('subscribe', (request, answer) => {
      if (typeof answer !== 'function') return;
      answer(this.#subscribe(request, sink, cursors));
    });
    socket.on('unsubscribe', (request) => {
      const accountId = request?.accountId ?? null;
      cursors.get(accountId)?.stop();
      cursors.delete(accountId);
    });
    socket.on('disconnect', () => {
      this.#subscribed.delete(socket);
      for (const cursor of cursors.values()) cursor.stop();
    });
  }

  /** Subscribing again for the same account begins anew. */
  #subscribe(request: SubscribeRequest, sink: PageSink, cursors: Map<string | null, EventCursor>) {
    const read = subscribeSchema.safeParse(request);
    if (!read.success)
      return no('validation_failed', 'subscribe takes accountId (a UUID or null) and since (a position).');
    const { accountId, since } = read.data;
    if (accountId !== null && !mayAccess(sink.ctx(), accountId))
      return no('forbidden', 'This account is not yours to see.');
    if (cursors.size >= MOST_SUBSCRIPTIONS && !cursors.has(accountId))
      return no('too_many_requests', 'Too many subscriptions on one socket.');
    const { feed, reader } = this.parts;
    const position = since ?? feed.position;
    const beside = () => cursors.values();
    cursors.get(accountId)?.stop();
    cursors.set(accountId, new EventCursor({ feed, reader, sink, beside }, accountId, position));
    return { ok: true as const, position };
  }

  #end(which: (caller: Caller) => boolean): void {
    for (const socket of this.#sockets()) if (which(socket.data.caller)) socket.disconnect(true);
  }

  #lookLater(): void {
    this.#timer = this.parts.clock.setTimeout(() => {
      void this.#look()
        .catch((error) => this.parts.log.warn({ error }, 'could not look who may still listen'))
        .finally(() => this.#lookLater());
    }, LOOK_MS);
  }

  async #look(): Promise<void> {
    const callers = this.#sockets().map(({ data }) => data.caller);
    if (callers.length === 0) return;
    const standing = await this.parts.callers.standing(callers.map(({ credential }) => credential));
    for (const caller of callers) caller.me.role = standing.get(caller.credential.id) ?? caller.me.role;
    // Who came meanwhile was not asked about.
    const gone = new Set(callers.filter(({ credential }) => !standing.has(credential.id)));
    this.#end((caller) => gone.has(caller));
  }
}

const no = (code: string, message: string) => ({ ok: false as const, code, message });

/** How Socket.IO tells a refusal: the body of `connect_error`. */
function refusal(error: Error): Error {
  const known = error instanceof ProblemError;
  const told = new Error(known ? error.message : 'The server could not let you in.');
  return Object.assign(told, { data: { code: known ? error.code : 'internal' } });
}
