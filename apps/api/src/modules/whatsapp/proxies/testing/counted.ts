import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';

/** What passed, in bytes of what is carried: those with which a tunnel is asked for are left out. */
export interface Count {
  connections: number;
  up: number;
  down: number;
}

/** A server on loopback whose connections end with it. */
export interface Listening {
  port: number;
  count: Count;
  close(): Promise<void>;
}

export async function listen(serve: (client: Socket, count: Count) => void): Promise<Listening> {
  const clients = new Set<Socket>();
  const count: Count = { connections: 0, up: 0, down: 0 };
  const server: Server = createServer((client) => {
    clients.add(client);
    client.on('error', () => client.destroy()).on('close', () => clients.delete(client));
    serve(client, count);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    for (const client of clients) client.destroy();
    return new Promise<void>((resolve) => void server.close(() => resolve()));
  };
  return { port: (server.address() as AddressInfo).port, count, close };
}

/** Carries between two sockets from now on, and counts each byte. */
export function carry(client: Socket, far: Socket, count: Count): void {
  count.connections += 1;
  client.on('data', (bytes) => (count.up += bytes.length));
  far.on('data', (bytes) => (count.down += bytes.length));
  for (const [from, to] of [[client, far] as const, [far, client] as const]) {
    from.pipe(to);
    from.on('error', () => to.destroy()).on('close', () => to.destroy());
  }
}

/** Stands before a server, and counts whatever reaches it. */
export const front = (port: number): Promise<Listening> =>
  listen((client, count) => carry(client, connect(port, '127.0.0.1'), count));
