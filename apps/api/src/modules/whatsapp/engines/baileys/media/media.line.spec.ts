import { once } from 'node:events';
import { createServer, request, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { sending } from './media.line.js';

let server: Server | undefined;
afterEach(() => server?.close().closeAllConnections());

type Body = (answered: Promise<unknown>) => AsyncIterable<Uint8Array>;

async function post(answer: RequestListener, length: number, body: Body) {
  server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const sent = request({ host: '127.0.0.1', port, method: 'POST', headers: { 'content-length': length } });
  const answered = once(sent, 'response') as Parameters<typeof sending>[2];
  const [response] = await sending(sent, body(answered), answered);
  return response;
}

it('keeps the line of a body that was taken, also when that is heard before the last of it counts as written', async () => {
  const take: RequestListener = (asked, response) => void text(asked).then((body) => response.end(`took ${body}`));
  const response = await post(take, 4, async function* (answered) {
    yield Buffer.from('body');
    await answered;
  });
  const { socket } = response;
  expect(await text(response)).toBe('took body');
  expect(socket.destroyed).toBe(false);
});

it('reads no more of a body that is refused', async () => {
  const refuse: RequestListener = (_asked, response) => void response.writeHead(413).end();
  const ended = Promise.withResolvers<void>();
  const response = await post(refuse, 1e9, async function* () {
    try {
      for (;;) {
        yield Buffer.alloc(1_000);
        await turn();
      }
    } finally {
      ended.resolve();
    }
  });
  expect(response.statusCode).toBe(413);
  await ended.promise;
});
