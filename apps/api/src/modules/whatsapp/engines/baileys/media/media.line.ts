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

async function sending(
  sent: ClientRequest,
  body: AsyncIterable<Uint8Array>,
  answered: Promise<[IncomingMessage]>,
): Promise<[IncomingMessage]> {
  // An answer before the end of the body is a refusal: what follows of it is of no use to anybody.
  const early = new AbortController();
  void answered.then(
    () => early.abort(),
    () => undefined,
  );
  const sending = pipeline(body, sent, { signal: early.signal }).catch((error: unknown) => {
    if (!early.signal.aborted) throw error;
  });
  const [answer] = await Promise.all([answered, sending]);
  return answer;
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
