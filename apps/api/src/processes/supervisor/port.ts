import { createServer } from 'node:net';
import { StartError } from '../start-error.ts';

/** The port to listen on: the wished one if it is free, any free one for 0. */
export async function claimPort(host: string, wished: number): Promise<number> {
  try {
    return await tryListen(host, wished);
  } catch (error) {
    throw asStartError(error as NodeJS.ErrnoException, host, wished);
  }
}

export function freePort(): Promise<number> {
  return tryListen('127.0.0.1', 0);
}

function tryListen(host: string, wished: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port: wished, host, exclusive: true }, () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

function asStartError(error: NodeJS.ErrnoException, host: string, port: number): StartError {
  const another = port < 65_000 ? port + 1 : port - 1;
  if (error.code === 'EADDRINUSE') {
    return new StartError(
      `PORT ${port} is already in use on ${host}. Choose another, for example: PORT=${another} npm start`,
    );
  }
  if (error.code === 'EACCES') {
    return new StartError(
      `PORT ${port} needs more rights than this user has; choose one above 1023, for example PORT=3000.`,
    );
  }
  return new StartError(`HOST is "${host}", and this machine cannot listen there (${error.code ?? error.message}).`);
}
