/**
 * Fetches what lies at the media hosts. A line that breaks is taken up again where it broke, at the next host; three times
 * without a byte gained end it. A host that has not got the file is asked once, and when all say so it is gone.
 */
import type { IncomingMessage } from 'node:http';
import { MediaError } from './media.error.js';
import { call, type MediaLine } from './media.line.js';

const FRUITLESS = 3;
const GONE = new Set([403, 404, 410]);
const PARTIAL = 206;
const OK = 200;

export interface Fetching {
  line: MediaLine;
  /** Host names. */
  hosts: readonly string[];
  path: string;
  /** More than so many bytes are not taken. */
  most: number;
  signal: AbortSignal;
}

export async function* fetchSealed(fetching: Fetching): AsyncGenerator<Buffer, void, undefined> {
  const { hosts, most } = fetching;
  const gone = new Set<string>();
  let [received, fruitless, turn] = [0, 0, 0];
  for (;;) {
    const host = hosts[turn % hosts.length] ?? '';
    turn += 1;
    const before = received;
    try {
      const response = await ask(fetching, host, received);
      for await (const chunk of rest(response, received)) {
        received += chunk.length;
        if (received > most) throw new MediaError('too_big', `more than ${most} bytes`);
        yield chunk;
      }
      return;
    } catch (error) {
      fetching.signal.throwIfAborted();
      if (error instanceof MediaError && error.code === 'gone') gone.add(host);
      else if (error instanceof MediaError && error.code !== 'unreachable') throw error;
      if (hosts.every((name) => gone.has(name))) throw new MediaError('gone', 'the media hosts do not have it');
      fruitless = received > before ? 0 : fruitless + 1;
      if (fruitless >= Math.max(FRUITLESS, hosts.length)) throw unreachable(error);
    }
  }
}

async function ask({ line, path, signal }: Fetching, host: string, from: number): Promise<IncomingMessage> {
  const headers = from > 0 ? { range: `bytes=${from}-` } : {};
  const response = await call(line, addressOf(host, path), { method: 'GET', headers, signal });
  const status = response.statusCode ?? 0;
  if (status === OK || (status === PARTIAL && from > 0)) return response;
  response.destroy();
  if (GONE.has(status)) throw new MediaError('gone', `the media host answers ${status}`);
  throw new MediaError('unreachable', `the media host answers ${status}`);
}

/** What was received before is skipped, where the host began from the start again. */
async function* rest(response: IncomingMessage, received: number): AsyncGenerator<Buffer> {
  let skip = response.statusCode === PARTIAL ? 0 : received;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    const from = Math.min(skip, chunk.length);
    skip -= from;
    if (from < chunk.length) yield chunk.subarray(from);
  }
}

/** The path comes from whoever wrote the message: it must not lead to another host. */
export function addressOf(host: string, path: string): URL {
  const base = new URL(`https://${host}`);
  const url = new URL(`https://${host}${path.startsWith('/') ? path : `/${path}`}`);
  if (url.host !== base.host || url.username !== '') throw new MediaError('gone', 'the message names no file');
  return url;
}

function unreachable(error: unknown): MediaError {
  return error instanceof MediaError ? error : new MediaError('unreachable', messageOf(error));
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
