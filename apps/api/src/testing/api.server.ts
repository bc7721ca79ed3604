import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { afterAll, beforeAll } from 'vitest';
import type { ApiSettings } from '../api.settings.js';
import { createApp } from '../app.create.js';
import { type Clock, systemClock } from '../clock/clock.js';
import { SetupService } from '../modules/auth/setup.service.js';
import { KeyService } from '../modules/auth/key.service.js';
import { Commands } from '../modules/cluster/commands/commands.js';
import { Listener } from '../modules/cluster/listener.repository.js';
import { Notifier } from '../modules/cluster/notifier.repository.js';
import { Vault } from '../modules/whatsapp/sessions/vault.js';
import { WhatsappGateway } from '../modules/whatsapp/whatsapp.gateway.js';
import { specLibrary } from './media.library.js';
import type { SpecDatabase } from './database.js';

export const OWNER = { email: 'olive@example.com', password: 'a long enough password' };
export const OWNER_KEY = 'tk_spec_0123456789_0123456789_0123456789';

/** The API of a spec file, over real HTTP on a free port. Values are there from `beforeAll` on. */
export interface SpecApi {
  readonly url: string;
  readonly app: NestFastifyApplication;
  /** Lines of the log. */
  readonly log: string[];
  /** A request as a program sends it, with the owner's key unless `headers` bring another. */
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
}

export interface CallOptions {
  body?: unknown;
  headers?: Record<string, string>;
  /** Without a key. */
  stranger?: boolean;
}

export interface Answer {
  status: number;
  headers: Headers;
  body: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- specs look into answers of every shape
}

/** Starts the API on the spec's database, with an owner and a key unless told otherwise. */
export function useApi(
  database: SpecDatabase,
  overrides: Partial<ApiSettings> | (() => Partial<ApiSettings>) = {},
  clock: Clock = systemClock,
): SpecApi {
  const log: string[] = [];
  let app: NestFastifyApplication | undefined;
  let listener: Listener | undefined;
  const url = () => `http://127.0.0.1:${(app!.getHttpServer().address() as AddressInfo).port}`;
  beforeAll(async () => {
    const given = typeof overrides === 'function' ? overrides() : overrides;
    const settings = { ...defaults(database.url), firstOwner: OWNER, firstKey: OWNER_KEY, ...given };
    listener = new Listener(database.url, systemClock);
    await listener.start();
    app = await createApp({
      settings,
      store: database,
      vault: new Vault(randomBytes(32)),
      library: specLibrary(database),
      listener,
      notifier: new Notifier(database.pool),
      clock,
      log: pino({ level: 'trace' }, into(log)),
    });
    await app.get(WhatsappGateway).attach(app.getHttpServer());
    await app.listen(0, '127.0.0.1');
    if (settings.firstOwner)
      await app.get(SetupService).ensureOwner(settings.firstOwner.email, settings.firstOwner.password);
    if (settings.firstKey) await app.get(KeyService).ensureFirst(settings.firstKey);
  });
  afterAll(async () => {
    app?.get(Commands).stop();
    await app?.get(WhatsappGateway).stop();
    await app?.close();
    await listener?.stop();
  });
  return {
    get url() {
      return url();
    },
    get app() {
      return app!;
    },
    log,
    call: (method, path, options) => call(`${url()}${path}`, method, options),
  };
}

export function defaults(databaseUrl: string): ApiSettings {
  return {
    version: '0.0.0-spec',
    host: '127.0.0.1',
    port: 0,
    trustProxy: false,
    databaseUrl,
    development: false,
    sandbox: true,
    mediaMaxBytes: 10_000_000,
    testClock: false,
    logLevel: 'trace',
  };
}

async function call(url: string, method: string, { body, headers = {}, stranger }: CallOptions = {}): Promise<Answer> {
  const own: Record<string, string> =
    stranger || 'cookie' in headers || 'x-api-key' in headers ? {} : { 'x-api-key': OWNER_KEY };
  const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
  const response = await fetch(url, {
    method,
    headers: { ...own, ...type, ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
    redirect: 'manual',
    signal: AbortSignal.timeout(15_000),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json');
  return { status: response.status, headers: response.headers, body: isJson && text ? JSON.parse(text) : text };
}

/** The session cookie of an answer, as a browser sends it back. */
export function cookieOf({ headers }: Answer): string {
  return headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ');
}

function into(lines: string[]) {
  return { write: (line: string) => void lines.push(line) };
}
