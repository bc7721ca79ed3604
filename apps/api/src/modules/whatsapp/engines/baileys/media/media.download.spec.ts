import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { Agent } from 'node:https';
import { connect, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fetchSealed } from './media.download.js';

const FILE = Buffer.from('0123456789abcdef');

let server: Server;
let answers: RequestListener[];
let asked: IncomingMessage[];
beforeEach(async () => {
  [answers, asked] = [[], []];
  server = createServer((request, response) => {
    asked.push(request);
    (answers.shift() ?? gone)(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => void server.close().closeAllConnections());

/** The hosts of a network that is on this machine and needs no certificates: every name leads to the server. */
class Near extends Agent {
  override createConnection() {
    return connect((server.address() as AddressInfo).port, '127.0.0.1');
  }
}

const gone: RequestListener = (_, response) => void response.writeHead(404).end();
/** So much of the file from what was asked for, and then the line breaks. */
const cutAfter =
  (count: number): RequestListener =>
  (request, response) => {
    const from = fromOf(request);
    response.writeHead(from > 0 ? 206 : 200, { 'content-length': FILE.length - from });
    response.write(FILE.subarray(from, from + count), () => response.destroy());
    if (count === 0) response.flushHeaders();
  };
const fromOf = ({ headers }: IncomingMessage): number => Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0);
const rest: RequestListener = (request, response) => void response.writeHead(206).end(FILE.subarray(fromOf(request)));
/** It does not know of ranges. */
const whole: RequestListener = (_, response) => void response.writeHead(200).end(FILE);

async function fetched(hosts = ['a', 'b'], most = 100): Promise<Buffer> {
  const agent = new Near();
  const { signal } = new AbortController();
  const chunks: Buffer[] = [];
  for await (const chunk of fetchSealed({ line: { agent }, hosts, path: '/file', most, signal })) chunks.push(chunk);
  agent.destroy();
  return Buffer.concat(chunks);
}
const from = () => asked.map((request) => [request.headers.host, fromOf(request)]);

it('goes on where the line broke, at the next host', async () => {
  answers = [cutAfter(8), cutAfter(4), rest];
  expect(await fetched()).toEqual(FILE);
  expect(from()).toEqual([
    ['a', 0],
    ['b', 8],
    ['a', 12],
  ]);
});

it('skips what it has where a host begins from the start again', async () => {
  answers = [cutAfter(8), whole];
  expect(await fetched()).toEqual(FILE);
});

it('gives up when nothing is gained three times in a row, and not before', async () => {
  answers = [cutAfter(0), cutAfter(0), cutAfter(4), cutAfter(0), cutAfter(0), rest];
  expect(await fetched()).toEqual(FILE);
  answers = [cutAfter(4), cutAfter(0), cutAfter(0), cutAfter(0), rest];
  await expect(fetched()).rejects.toMatchObject({ code: 'unreachable' });
});

it('takes it from the host that has it, and calls it gone when none has', async () => {
  answers = [gone, whole];
  expect(await fetched()).toEqual(FILE);
  answers = [gone, gone];
  await expect(fetched()).rejects.toMatchObject({ code: 'gone' });
});

it('takes no more than it may', async () => {
  answers = [whole];
  await expect(fetched(['a'], FILE.length - 1)).rejects.toMatchObject({ code: 'too_big' });
});
