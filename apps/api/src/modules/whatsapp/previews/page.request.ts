/**
 * Asks a stranger's server for something, on behalf of somebody who may mean harm: a link can name our own machine, a name
 * can be looked up to one address now and to another in a moment, and a page can send us elsewhere.
 *
 * So each step looks the name up once, judges every address that it has, and connects to one of those by number: there is
 * no second look-up that could say otherwise, also behind a proxy, which is given the number. The name goes into the TLS
 * handshake and the Host header alone. A redirect is a new step.
 */
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import type { Agent, IncomingMessage, RequestOptions } from 'node:http';
import { request as plain } from 'node:http';
import { request as secure } from 'node:https';
import type { Addresses } from './addresses.js';

const HOPS = 4;
/** Who asks. Pages show what they are to whoever says that it is for a preview. */
const AGENT = 'Mozilla/5.0 (compatible; Trunkline; link preview)';

export interface PageLine {
  addresses: Addresses;
  /** The addresses of a name; the system's own look-up unless a test brings another. */
  resolve?(host: string): Promise<string[]>;
  /** The account's own way out. */
  agent?: Agent | undefined;
  signal: AbortSignal;
}

export interface Answer {
  url: URL;
  response: IncomingMessage;
}

/** Rejects for whatever is not a page that may be asked for. The caller reads the answer, or destroys it. */
export async function ask(line: PageLine, start: URL, accept: string): Promise<Answer> {
  let url = start;
  for (let hop = 0; hop < HOPS; hop += 1) {
    const response = await step(line, url, accept);
    const next = redirectOf(response, url);
    if (!next) return { url, response };
    response.destroy();
    url = next;
  }
  throw new Error('the page sends us on too often');
}

function redirectOf({ statusCode = 0, headers }: IncomingMessage, url: URL): URL | undefined {
  if (![301, 302, 303, 307, 308].includes(statusCode) || !headers.location) return undefined;
  return new URL(headers.location, url);
}

async function step(line: PageLine, url: URL, accept: string): Promise<IncomingMessage> {
  const port = portOf(url);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const address = await addressOf(line, host, port);
  const options: RequestOptions & { servername?: string } = {
    host: address,
    port,
    path: url.pathname + url.search,
    signal: line.signal,
    // One connection for one answer: a kept one would be one that nobody has judged for this name.
    agent: line.agent ?? false,
    headers: { host: url.host, accept, 'user-agent': AGENT, 'accept-encoding': 'identity', connection: 'close' },
    ...(host === address ? {} : { servername: host }),
  };
  const sent = url.protocol === 'https:' ? secure(options) : plain(options);
  const answered = once(sent, 'response', { signal: line.signal }) as Promise<[IncomingMessage]>;
  // What goes wrong after the answer has begun is told to who reads it.
  sent.on('error', () => undefined);
  sent.end();
  const [response] = await answered;
  response.on('error', () => undefined);
  return response;
}

function portOf(url: URL): number {
  const known: Record<string, number> = { 'http:': 80, 'https:': 443 };
  const usual = known[url.protocol];
  if (!usual || url.username || url.password) throw new Error('not the address of a page');
  return url.port ? Number(url.port) : usual;
}

/** One wrong address among several is enough: an honest name has none. */
async function addressOf({ addresses, resolve = looked, signal }: PageLine, host: string, port: number) {
  const found = await Promise.race([resolve(host), aborted(signal)]);
  const [first] = found;
  if (first === undefined || !found.every((address) => addresses.allow(address, port)))
    throw new Error('an address that is not asked for pages');
  return found.find((address) => !address.includes(':')) ?? first;
}

/** An address in numbers comes back as it is, however oddly it was written. */
const looked = async (host: string): Promise<string[]> =>
  (await lookup(host, { all: true })).map(({ address }) => address);

function aborted(signal: AbortSignal): Promise<never> {
  const late = Promise.withResolvers<never>();
  signal.addEventListener('abort', () => late.reject(signal.reason as Error), { once: true });
  if (signal.aborted) late.reject(signal.reason as Error);
  return late.promise;
}
