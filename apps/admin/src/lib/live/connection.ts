import {
  GATEWAY_PATH,
  type AnyEvent,
  type EphemeralEnvelope,
  type PageToServer,
  type RestoreProgress,
  type ServerToPage,
} from '@trunkline/contracts';
import { io, type Socket } from 'socket.io-client';

/**
 * How the page stands with the server.
 * `connecting`: for the first time. `live`: subscribed, nothing is missing. `reconnecting`: was live, tries again by
 * itself, and what is shown may be old. `refused`: the session is over; only a new one helps. `forbidden`: the server does
 * not take sockets from this address (PUBLIC_URL); tried again now and then.
 */
export type LiveState = 'connecting' | 'live' | 'reconnecting' | 'refused' | 'forbidden';

export interface LiveSnapshot {
  state: LiveState;
  /** When it was last known to be live, in milliseconds since 1970; null before the first time. */
  liveUntil: number | null;
}

export interface LiveHandlers {
  event: (event: AnyEvent) => void;
  /** True for some seconds, and not told again. */
  ephemeral: (event: EphemeralEnvelope) => void;
  /** What is held may miss something: load everything afresh. */
  stale: () => void;
  /** Live again, and nothing was missed: what failed meanwhile is worth another try. */
  live: () => void;
  refused: () => void;
  /** How far accounts have come back after a start. */
  progress: (progress: RestoreProgress) => void;
  /** The server's time, in milliseconds since 1970. */
  time: (now: number) => void;
}

const ANSWER_MS = 10_000;
const SOON_MS = 1_000;
const SELDOM_MS = 15_000;
type GatewaySocket = Socket<ServerToPage, PageToServer>;

/** One socket for the whole page, subscribed to every account the viewer may see. */
export class LiveConnection {
  private socket: GatewaySocket | null = null;
  private position: number | null = null;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private snapshot: LiveSnapshot = { state: 'connecting', liveUntil: null };
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly handlers: LiveHandlers,
    private readonly open: () => GatewaySocket = openSocket,
  ) {}

  start(): void {
    const socket = this.open();
    this.socket = socket;
    socket.on('connect', () => void this.subscribe(socket));
    socket.on('disconnect', (reason) => this.lost(socket, reason));
    socket.on('connect_error', (error) => this.failed(error));
    socket.on('event', (event) => this.take(event));
    socket.on('ephemeral', (event) => this.handlers.ephemeral(event));
    socket.on('resync', ({ position }) => this.resync(position));
    socket.on('progress', (progress) => this.handlers.progress(progress));
    socket.on('time', ({ now }) => this.handlers.time(now));
    socket.connect();
  }

  stop(): void {
    clearTimeout(this.retry);
    this.socket?.removeAllListeners();
    this.socket?.disconnect();
    this.socket = null;
  }

  /** Tries at once instead of waiting for the next attempt; used when the network is back. */
  hurry(): void {
    if (this.snapshot.state !== 'live') this.socket?.connect();
  }

  /** The network may be gone. The line is made anew: at once if it was a false alarm, and else nobody believes a dead one. */
  doubt(): void {
    this.socket?.io.engine?.close();
  }

  /** For `useSyncExternalStore`. */
  readonly watch = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly read = (): LiveSnapshot => this.snapshot;

  /** Missed events come first and in order; without a position there is none to resume from, so all is loaded afresh. */
  private async subscribe(socket: GatewaySocket): Promise<void> {
    const since = this.position ?? undefined;
    try {
      const answer = await socket.timeout(ANSWER_MS).emitWithAck('subscribe', { accountId: null, since });
      if (!answer.ok) return this.rejected(socket, answer.code);
      this.position ??= answer.position;
      this.turn('live');
      if (since === undefined) this.handlers.stale();
      else this.handlers.live();
    } catch {
      // No answer in time: a half-open line. Start over with a new one.
      this.again(socket);
    }
  }

  private rejected(socket: GatewaySocket, code: string): void {
    if (code === 'position_too_old') {
      this.position = null;
      return void this.subscribe(socket);
    }
    if (code === 'unauthenticated') return this.refuse();
    this.again(socket, code === 'forbidden' ? SELDOM_MS : SOON_MS);
  }

  private take(event: AnyEvent): void {
    if (this.position !== null && event.position <= this.position) return;
    this.position = event.position;
    this.handlers.event(event);
  }

  private resync(position: number): void {
    this.position = position;
    this.handlers.stale();
  }

  private lost(socket: GatewaySocket, reason: string): void {
    this.turn('reconnecting');
    // After this one the library does not try again by itself.
    if (reason === 'io server disconnect') this.again(socket);
  }

  private failed(error: Error): void {
    this.turn(this.snapshot.liveUntil === null ? 'connecting' : 'reconnecting');
    const code = (error as { data?: { code?: string } }).data?.code;
    if (code === 'unauthenticated') return this.refuse();
    if (code === 'forbidden') this.turn('forbidden');
    // A refusal at the door ends the library's own attempts, too.
    if (this.socket && !this.socket.active) this.again(this.socket, code === 'forbidden' ? SELDOM_MS : SOON_MS);
  }

  private again(socket: GatewaySocket, inMs = SOON_MS): void {
    clearTimeout(this.retry);
    this.retry = setTimeout(() => {
      if (this.socket === socket) socket.disconnect().connect();
    }, inMs);
  }

  private refuse(): void {
    this.turn('refused');
    this.handlers.refused();
  }

  private turn(state: LiveState): void {
    const wasLive = this.snapshot.state === 'live';
    if (this.snapshot.state === state) return;
    this.snapshot = { state, liveUntil: wasLive || state === 'live' ? Date.now() : this.snapshot.liveUntil };
    for (const listener of this.listeners) listener();
  }
}

function openSocket(): GatewaySocket {
  return io({
    path: GATEWAY_PATH,
    autoConnect: false,
    transports: ['websocket', 'polling'],
    // Where a proxy lets no WebSocket through, polling is slower and works.
    tryAllTransports: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: 5_000,
    timeout: 10_000,
  });
}
