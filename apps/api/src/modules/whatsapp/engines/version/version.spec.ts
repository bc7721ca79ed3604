import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { isNewer } from './version.order.js';
import { readVersionPage, versionPageOf } from './version.page.js';

let server: Server | undefined;
afterEach(() => new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve())));

async function serve(status: number, body: string): Promise<string> {
  server = createServer((_, response) => response.writeHead(status, { connection: 'close' }).end(body));
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/sw.js`;
}

it.each([
  ['escaped, as WhatsApp writes it', '…{\\"server_revision\\":1,\\"client_revision\\":1029384756,\\"x\\":2}…'],
  ['plain', '{"client_revision": 1029384756}'],
])('reads the current version: %s', async (_how, body) => {
  expect(await readVersionPage(await serve(200, body))).toBe('2.3000.1029384756');
});

it.each([
  ['an error', 500, '"client_revision":5'],
  ['a page about something else', 200, '<html>Not today</html>'],
])('does not take %s for a version', async (_what, status, body) => {
  await expect(readVersionPage(await serve(status, body))).rejects.toThrow('tells no version');
});

it("finds the page of whatever network it is, and WhatsApp's own without an address", () => {
  expect(versionPageOf('ws://127.0.0.1:4001/ws/chat')).toBe('http://127.0.0.1:4001/sw.js');
  expect(versionPageOf('wss://sandbox.example/ws/chat')).toBe('https://sandbox.example/sw.js');
  expect(versionPageOf(undefined)).toBe('https://web.whatsapp.com/sw.js');
});

it('tells the newer of two versions by number, not by spelling', () => {
  expect(isNewer('2.3000.1000000000', '2.3000.999999999')).toBe(true);
  expect(isNewer('2.3000.7', '2.3000.7')).toBe(false);
  expect(isNewer('2.2999.9', '2.3000.1')).toBe(false);
});
