import { once } from 'node:events';
import { createServer, STATUS_CODES, type IncomingMessage, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { Connection } from './connection.js';
import { accountOfRouting } from './routing.js';
import type { Services } from './services.js';
import { answerPage } from './version.page.js';

/** Where clients connect to. */
export const PATH = '/ws/chat';

export interface Where {
  host: string;
  /** 0 for a free one. */
  port: number;
  /** PEM; without it the sandbox speaks `ws:`. */
  tls?: { key: string; cert: string } | undefined;
}

/** Listens for WebSockets. Never compresses; answers pings itself, so that a black hole can leave them unanswered. */
export class SocketServer {
  private readonly sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, autoPong: false });
  private readonly unanswered = new Set<Duplex>();
  private readonly ending = new Set<Promise<void>>();
  private http: Server | undefined;
  private address: AddressInfo | undefined;

  constructor(
    private readonly services: Services,
    private readonly where: Where,
  ) {}

  get port(): number {
    return this.address?.port ?? this.where.port;
  }

  get url(): string {
    return `${this.where.tls ? 'wss' : 'ws'}://${this.where.host}:${this.port}${PATH}`;
  }

  /** Again on the same port after `stop`. Rejects when the port is taken. */
  async listen(): Promise<void> {
    if (this.http) return;
    const { tls, host } = this.where;
    const http = tls ? createTlsServer(tls) : createServer();
    http.on('request', (request, response) => answerPage(this.services, request, response));
    http.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head));
    http.listen(this.port, host);
    await once(http, 'listening');
    this.http = http;
    this.address = http.address() as AddressInfo;
  }

  /** New connections are refused (ECONNREFUSED); open ones go on. */
  stop(): void {
    const { http } = this;
    this.http = undefined;
    if (!http) return;
    this.ending.add(new Promise((resolve) => http.close(() => resolve())));
    http.closeIdleConnections();
    for (const socket of this.unanswered) socket.destroy();
  }

  /** Resolves when every connection has ended. */
  async ended(): Promise<void> {
    await Promise.all(this.ending);
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { faults, counts } = this.services;
    const url = new URL(request.url ?? '/', 'ws://sandbox');
    const hint = hintOf(url, this.services);
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

/** Who is calling, by its own word or by the routing bytes that some clients repeat in the URL (`?ED=`, base64url). */
function hintOf({ searchParams }: URL, { directory }: Services): string | undefined {
  const routing = searchParams.get('ED');
  const routed = routing === null ? undefined : accountOfRouting(directory, Buffer.from(routing, 'base64url'));
  return searchParams.get('account') ?? routed;
}

function refuse(socket: Duplex, status: number): void {
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Refused'}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  );
}
