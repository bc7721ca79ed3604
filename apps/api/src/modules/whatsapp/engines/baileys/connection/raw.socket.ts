/** The WebSocket below Baileys' client: the one door by which frames leave (protocol.md S25), and how it is shut. */
import type { Socket } from 'node:net';
import type { WASocket } from 'baileys';

/** What we use of `ws`. */
export interface RawSocket {
  readonly readyState: number;
  readonly CONNECTING: number;
  readonly OPEN: number;
  readonly CLOSED: number;
  /** The TCP socket below, once it is open. */
  readonly _socket?: Pick<Socket, 'cork' | 'uncork' | 'writableCorked'> | null;
  send(data: Uint8Array, sent?: (error?: Error) => void): void;
  close(): void;
  terminate(): void;
  once(event: 'close', listener: () => void): void;
}

/** Baileys opens it at once, before `makeWASocket` returns. */
export function rawSocket(client: WASocket['ws']): RawSocket {
  const { socket } = client as unknown as { socket: RawSocket | null };
  if (!socket) throw new Error('Baileys has not opened its WebSocket');
  return socket;
}

/** Asks the other side to close, and does not wait for an answer longer than `patienceMs`. */
export function closeWithin(socket: RawSocket, patienceMs: number): Promise<void> {
  if (socket.readyState === socket.CLOSED) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => socket.terminate(), patienceMs);
    socket.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
    if (socket.readyState === socket.CONNECTING) socket.terminate();
    else socket.close();
  });
}
