import type { Socket } from 'node:net';
import { WebSocket, type RawData } from 'ws';
import { frame, FrameError, FrameReader } from '../protocol/frame.js';
import { DelayLine, type LinkDelay } from './delay.js';

export interface FrameEvents {
  frame(payload: Uint8Array): void;
  /** Once, whoever closed. */
  closed(): void;
  /** Bytes that are no frame. */
  broken(error: Error): void;
}

/** Milliseconds that a client has to read the last stanza and to hang up by itself. */
const LINGER_MS = 200;

/** A client's WebSocket, cut into frames, with the delays of its link. Everything a link can do wrong is done here. */
export class FrameSocket {
  private readonly reader = new FrameReader();
  private readonly incoming: DelayLine;
  private readonly outgoing: DelayLine;
  /** A black hole swallows both directions and answers no WebSocket ping. */
  private swallows = false;
  private lingers = false;
  /** The TCP socket, while it gathers what is sent. */
  private held: Socket | undefined;

  constructor(
    private readonly socket: WebSocket,
    delay: () => LinkDelay,
    private readonly events: FrameEvents,
  ) {
    this.incoming = new DelayLine(delay);
    this.outgoing = new DelayLine(delay);
    socket.on('message', (data) => this.swallows || this.incoming.push(() => this.read(bytesOf(data))));
    socket.on('ping', (data: Buffer) => this.swallows || socket.pong(data));
    socket.on('close', () => this.end());
    // A reset connection: 'close' follows, and there is nobody left to tell.
    socket.on('error', () => socket.terminate());
  }

  get routing(): Uint8Array | undefined {
    return this.reader.routing;
  }

  get isOpen(): boolean {
    return this.socket.readyState === WebSocket.OPEN;
  }

  send(payload: Uint8Array): void {
    this.outgoing.push(() => {
      if (!this.isOpen || this.swallows) return;
      this.holdBack();
      this.socket.send(frame(payload));
    });
  }

  /** What is sent in one turn leaves in one packet: a group's receipts are one write, and not twenty. */
  private holdBack(): void {
    if (this.held) return;
    this.held = (this.socket as unknown as { _socket?: Socket })._socket;
    this.held?.cork();
    process.nextTick(() => this.letGo());
  }

  private letGo(): void {
    this.held?.uncork();
    this.held = undefined;
  }

  /** After what was sent before. */
  close(code = 1000): void {
    this.outgoing.push(() => this.socket.close(code));
  }

  /**
   * Lets the client hang up first. A close in the same breath as the last stanza makes some clients forget what they
   * have not yet decrypted. Nothing is read any more.
   */
  linger(): void {
    this.lingers = true;
    this.outgoing.push(() => {
      const closing = setTimeout(() => this.close(), LINGER_MS);
      this.socket.once('close', () => clearTimeout(closing));
    });
  }

  /** Cuts the TCP connection without a word. */
  reset(): void {
    this.letGo();
    this.socket.terminate();
  }

  becomeBlackHole(): void {
    this.swallows = true;
  }

  private read(bytes: Uint8Array): void {
    if (this.swallows || this.lingers) return;
    try {
      for (const payload of this.reader.push(bytes)) this.events.frame(payload);
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      this.events.broken(error);
    }
  }

  /** What was received before the end is read before it, however slow the link. */
  private end(): void {
    this.outgoing.stop();
    this.incoming.push(() => this.events.closed());
  }
}

function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}
