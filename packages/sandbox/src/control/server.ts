/** The HTTP side of the control API: who may call, which route, what the body must look like. No verb is in here. */
import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { ZodError } from 'zod';
import { Refusal } from '../people/refusal.js';
import { ControlError, STATUS } from './error.js';
import { routes, type Route, type RouteName } from './routes.js';
import type { AnyVerb, Verbs } from './verbs.js';

const MOST_BYTES = 1_000_000;

export function createControlServer(verbs: Verbs, token: string): Server {
  const server = createServer((request, response) => {
    void answer(request, goneSignal(response), verbs, token).then(
      (body) => send(response, body === undefined ? 204 : 200, body),
      (error: unknown) => fail(response, error),
    );
  });
  // Closed by who asks, and never from here: a request that may not be repeated could be on its way just then.
  server.keepAliveTimeout = 0;
  return server;
}

async function answer(request: IncomingMessage, signal: AbortSignal, verbs: Verbs, token: string): Promise<unknown> {
  if (!isAuthorized(request, token)) throw new ControlError('unauthorized', 'the bearer token is missing or wrong');
  const url = new URL(request.url ?? '/', 'http://sandbox');
  const { name, route, params } = find(request.method ?? 'GET', url.pathname);
  const given = route.method === 'GET' ? Object.fromEntries(url.searchParams) : await readBody(request);
  const input = parsed(route, given);
  const verb = verbs[name] as AnyVerb;
  return verb({ user: params.user ?? '', id: params.id ?? '', input, signal });
}

function isAuthorized(request: IncomingMessage, token: string): boolean {
  const given = Buffer.from(request.headers.authorization ?? '');
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function find(method: string, path: string) {
  for (const name of Object.keys(routes) as RouteName[]) {
    const route: Route = routes[name];
    const params = route.method === method && match(route.path, path);
    if (params) return { name, route, params };
  }
  throw new ControlError('not_found', `no route ${method} ${path}`);
}

function match(pattern: string, path: string): Record<string, string> | undefined {
  const [wanted, given] = [pattern.split('/'), path.split('/')];
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? '';
    if (part.startsWith(':')) params[part.slice(1)] = decodeURIComponent(value);
    else if (part !== value) return undefined;
  }
  return params;
}

function parsed({ input, method }: Route, given: unknown): unknown {
  const isEmpty = typeof given === 'object' && given !== null && Object.keys(given).length === 0;
  const takesNothing = input.safeParse(undefined).success && !input.safeParse({}).success;
  try {
    return input.parse(isEmpty && takesNothing ? undefined : given);
  } catch (error) {
    if (!(error instanceof ZodError)) throw error;
    throw new ControlError(
      'invalid',
      `the ${method === 'GET' ? 'query' : 'body'} is not as it should be`,
      error.issues,
    );
  }
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new ControlError('invalid', 'the body is too long');
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  try {
    return text === '' ? {} : (JSON.parse(text) as unknown);
  } catch {
    throw new ControlError('invalid', 'the body is not JSON');
  }
}

/** Ends the wait of a caller who has hung up. */
function goneSignal(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  return gone.signal;
}

function fail(response: ServerResponse, error: unknown): void {
  const known = error instanceof ControlError || error instanceof Refusal;
  const code = known ? error.code : 'bug';
  const message = error instanceof Error ? error.message : String(error);
  const details =
    error instanceof ControlError ? error.details : error instanceof Error && !known ? error.stack : undefined;
  send(response, STATUS[code], { error: { code, message, details } });
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const json = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' };
  response.writeHead(status, body === undefined ? {} : json);
  response.end(body === undefined ? undefined : JSON.stringify(body));
}
