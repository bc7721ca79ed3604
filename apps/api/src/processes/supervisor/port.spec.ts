import { createServer } from 'node:net';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { StartError } from '../start-error.ts';
import { claimPort, freePort } from './port.ts';

it('takes any free port for 0, and a free one that was asked for', async () => {
  const port = await claimPort('127.0.0.1', 0);
  expect(port).toBeGreaterThan(0);
  expect(await claimPort('127.0.0.1', port)).toBe(port);
});

it('says of a busy port how to choose another', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const claim = claimPort('127.0.0.1', port);
  await expect(claim).rejects.toThrow(StartError);
  await expect(claim).rejects.toThrow(
    `PORT ${port} is already in use on 127.0.0.1. Choose another, for example: PORT=`,
  );
  server.close();
});

it('names HOST when this machine has no such address', async () => {
  await expect(claimPort('192.0.2.1', await freePort())).rejects.toThrow('HOST is "192.0.2.1"');
});
