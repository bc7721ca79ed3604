import { createServer, STATUS_CODES, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { Connection } from './connection.js';
import type { Services } from './services.js';

/** Where clients connect to. */
export const PATH = '/ws/chat';

/** Listens for WebSockets. Never compresses; answers pings itself, so that a black hole can leave them unanswered. */
export class SocketServer {
  private readonly sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, autoPong: false });
  private readonly unanswered = new Set<Duplex>();
  private http: Server | undefined;
  private address: AddressInfo | undefined;

  constructor(
    private readonly services: Services,
    private readonly host: string,
    private readonly wantedPort: number,
  ) {}

  get port(): number {
    return this.address?.port ?? this.wantedPort;
  }

  /** Again on the same port after `stop`. Rejects when the port is taken. */
  listen(): Promise<void> {
    const http = createServer((_, response) => response.writeHead(426).end());
    http.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head));
    return new Promise((resolve, reject) => {
      http.once('error', reject);
      http.listen(this.port, this.host, () => {
        this.http = http;
        this.address = http.address() as AddressInfo;
        resolve();
      });
    });
  }

  /** New connections are refused (ECONNREFUSED); open ones go on. */
  stop(): Promise<void> {
    const { http } = this;
    this.http = undefined;
    for (const socket of this.unanswered) socket.destroy();
    return new Promise((resolve) => (http ? http.close(() => resolve()) : resolve()));
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { faults, counts } = this.services;
    const url = new URL(request.url ?? '/', 'ws://sandbox');
    const hint = url.searchParams.get('account') ?? undefined;
    socket.on('error', () => socket.destroy());
    if (url.pathname !== PATH) return refuse(socket, 404);
    counts.add('connections');
    const effect = faults.strike({ account: hint, phase: 'connecting' }, ['upgrade']);
    if (effect) counts.add('faults:upgrade');
    if (effect?.status !== undefined) return refuse(socket, effect.status);
    if (effect) return this.leaveUnanswered(socket);
    this.sockets.handleUpgrade(request, socket, head, (webSocket) => new Connection(webSocket, this.services, hint));
  }

  private leaveUnanswered(socket: Duplex): void {
    this.unanswered.add(socket);
    socket.on('close', () => this.unanswered.delete(socket));
  }
}

function refuse(socket: Duplex, status: number): void {
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Refused'}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  );
}
