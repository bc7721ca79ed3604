/** Proxies for specs: real ones, on loopback, that count what they carry, and know names that nobody else knows. */
import { createServer } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { ProxyAddress } from '../line/proxy.js';
import { carry, type Count, listen, type Listening } from './counted.js';

export interface TestProxy extends Listening {
  address: ProxyAddress;
  /** `host:port` of each tunnel that was asked for. */
  asked: string[];
  /** Ports that no tunnel leads to from now on. */
  closed: Set<number>;
}

interface Options {
  credentials?: { username: string; password: string };
  /** Names that this proxy finds, and where. */
  names?: Record<string, string>;
}

interface Proxying extends Options {
  asked: string[];
  closed: ReadonlySet<number>;
  count: Count;
}

const KINDS = { http: serveConnect, socks5: serveSocks };

export async function startProxy(kind: ProxyAddress['kind'], options: Options = {}): Promise<TestProxy> {
  const asked: string[] = [];
  const closed = new Set<number>();
  const listening = await listen((client, count) => KINDS[kind](client, { ...options, asked, closed, count }));
  const credentials = options.credentials ? { credentials: options.credentials } : {};
  return { ...listening, asked, closed, address: { kind, host: '127.0.0.1', port: listening.port, ...credentials } };
}

/** Opens the far side; undefined when it cannot be reached. */
function reach(host: string, port: number, { names = {}, asked, closed }: Proxying): Promise<Socket | undefined> {
  asked.push(`${host}:${port}`);
  if (closed.has(port)) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const far = connect(port, names[host] ?? host);
    far.once('connect', () => resolve(far)).once('error', () => resolve(undefined));
  });
}

/** One connection by Node's own HTTP. */
function serveConnect(client: Socket, proxying: Proxying): void {
  const server = createServer();
  server.on('connect', (request, _socket, head: Buffer) => {
    void (async () => {
      const { credentials } = proxying;
      const login = credentials && Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64');
      if (login && request.headers['proxy-authorization'] !== `Basic ${login}`)
        return client.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      const { hostname, port } = new URL(`tcp://${request.url}`);
      const far = await reach(hostname, Number(port), proxying);
      if (!far) return client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      carry(client, far, proxying.count);
      if (head.length > 0) client.unshift(head);
    })();
  });
  server.emit('connection', client);
}

/** RFC 1928 and 1929, as far as a client that connects needs them. */
function serveSocks(client: Socket, proxying: Proxying): void {
  void (async () => {
    const read = reader(client);
    const [, methods] = await read(2);
    const offered = [...(await read(methods!))];
    const method = proxying.credentials ? 2 : 0;
    if (!offered.includes(method)) return client.end(Buffer.of(5, 0xff));
    client.write(Buffer.of(5, method));
    if (method === 2 && !(await mayEnter(client, read, proxying))) return client.end();
    const [, , , type] = await read(4);
    const host = await hostOf(type!, read);
    const port = (await read(2)).readUInt16BE();
    const far = await reach(host, port, proxying);
    client.write(Buffer.of(5, far ? 0 : 4, 0, 1, 0, 0, 0, 0, 0, 0));
    if (!far) return client.end();
    carry(client, far, proxying.count);
  })().catch(() => client.destroy());
}

async function mayEnter(client: Socket, read: Read, { credentials }: Proxying): Promise<boolean> {
  const [, length] = await read(2);
  const username = (await read(length!)).toString();
  const password = (await read((await read(1))[0]!)).toString();
  const ok = username === credentials!.username && password === credentials!.password;
  client.write(Buffer.of(1, ok ? 0 : 1));
  return ok;
}

async function hostOf(type: number, read: Read): Promise<string> {
  if (type === 1) return [...(await read(4))].join('.');
  if (type === 3) return (await read((await read(1))[0]!)).toString();
  throw new Error('an address of another kind');
}

type Read = (bytes: number) => Promise<Buffer>;

/** Reads so many bytes, and no more; nothing is left with it afterwards. */
function reader(client: Socket): Read {
  return async (bytes) => {
    for (;;) {
      const found = client.read(bytes) as Buffer | null;
      if (found) return found;
      await new Promise<void>((resolve, reject) => {
        client.once('readable', resolve).once('close', () => reject(new Error('the client went')));
      });
    }
  };
}
