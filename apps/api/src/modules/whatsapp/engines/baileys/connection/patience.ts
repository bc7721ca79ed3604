/**
 * Our own timer over the way to an open connection. Baileys has one for the handshake alone; an upgrade that is never
 * answered, or a server that says nothing afterwards, would be waited for without end (protocol.md S10).
 */
import type { Closing } from '../reasons.js';
import type { Timing } from '../timing.js';

export class Patience {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly timing: Timing,
    private readonly over: (closing: Closing) => void,
  ) {}

  start(): void {
    this.wait(this.timing.firstWordMs, 'the server did not answer');
  }

  /** A QR or a login; the rest of a pairing has timers of its own. */
  spoken(): void {
    clearTimeout(this.timer);
  }

  loggingIn(): void {
    this.wait(this.timing.loginMs, 'the login did not complete');
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private wait(ms: number, detail: string): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.over({ reason: 'connection_timeout', code: null, detail }), ms);
  }
}
