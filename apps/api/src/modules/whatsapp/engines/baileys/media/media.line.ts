/**
 * The one way by which an account reaches media hosts. `agent` carries it where the account has a line of its own, such as
 * a proxy; `ca` is trusted for this and for nothing else, and only a sandbox has one.
 */
import { once } from 'node:events';
import type { Agent, ClientRequest, IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { request } from 'node:https';
import { pipeline } from 'node:stream/promises';

const ORIGIN = 'https://web.whatsapp.com';
/** Without a byte for so long, a transfer is given up. */
const IDLE_MS = 30_000;
const OK = 200;

export interface MediaLine {
  agent?: Agent | undefined;
  /** PEM. */
  ca?: string | undefined;
  idleMs?: number;
}

export interface MediaRequest {
  method: 'GET' | 'POST';
  headers?: OutgoingHttpHeaders;
  body?: AsyncIterable<Uint8Array>;
  signal: AbortSignal;
}

/** Resolves with the head of the answer; rejects with the system's error. A body that the host does not want to hear ends. */
export async function call(line: MediaLine, url: URL, options: MediaRequest): Promise<IncomingMessage> {
  const { method, headers, body, signal } = options;
  const sent = request(url, {
    method,
    signal,
    headers: { origin: ORIGIN, ...headers },
    ...(line.agent && { agent: line.agent }),
    ...(line.ca !== undefined && { ca: line.ca }),
  });
  sent.setTimeout(line.idleMs ?? IDLE_MS, () => sent.destroy(new Error('the media host went silent')));
  const answered = once(sent, 'response') as Promise<[IncomingMessage]>;
  if (!body) sent.end();
  const [response] = await (body ? sending(sent, body, answered) : answered);
  return response;
}

/** Resolves with the head of the answer, when the body is refused or taken; the rest of one that is refused is not read. */
export function sending(
  sent: ClientRequest,
  body: AsyncIterable<Uint8Array>,
  answered: Promise<[IncomingMessage]>,
): Promise<[IncomingMessage]> {
  // What follows of a refused body is of no use to anybody. That all was taken may be heard before the last of it counts as written.
  const refused = new AbortController();
  let isAnswered = false;
  const heard = answered.then((answer) => {
    isAnswered = true;
    if (answer[0].statusCode !== OK) refused.abort();
    return answer;
  });
  const sending = pipeline(body, sent, { signal: refused.signal }).catch((error: unknown) => {
    if (!isAnswered) throw error;
  });
  return Promise.race([heard, sending.then(() => heard)]);
}

export async function textOf(response: IncomingMessage, most = 65_536): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > most) throw new Error('the answer of the media host is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
