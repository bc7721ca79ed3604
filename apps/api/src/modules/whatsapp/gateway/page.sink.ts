import type { AnyEvent, PageToServer, ServerToPage } from '@trunkline/contracts';
import type { DefaultEventsMap, Socket } from 'socket.io';
import { atLeast, MAY_PAIR } from '../../auth/access.js';
import { type Caller, ctxOf } from '../../auth/caller.js';
import type { Ctx } from '../../auth/ctx.js';
import { fillSecret } from '../events/secret.filling.js';
import type { Secrets } from '../events/secrets.js';
import type { Sink } from './event.cursor.js';

/** `caller`: who was let in. */
export type PageSocket = Socket<PageToServer, ServerToPage, DefaultEventsMap, { caller: Caller }>;

/** Packets that wait in a socket's buffer at most; past that its cursors wait for it. */
const ROOM = 200;

/** One socket as cursors see it. */
export class PageSink implements Sink {
  constructor(
    private readonly socket: PageSocket,
    private readonly secrets: Secrets,
  ) {}

  ctx(): Ctx {
    return ctxOf(this.socket.data.caller);
  }

  async room(): Promise<boolean> {
    const { conn } = this.socket;
    while (this.socket.connected && waiting(conn) > ROOM) {
      await new Promise<void>((resolve) => {
        const go = () => {
          conn.off('drain', go);
          conn.off('close', go);
          resolve();
        };
        conn.once('drain', go);
        conn.once('close', go);
      });
    }
    return this.socket.connected;
  }

  fill(event: AnyEvent): Promise<AnyEvent> {
    return atLeast(this.socket.data.caller.me.role, MAY_PAIR)
      ? fillSecret(this.ctx(), event, this.secrets)
      : Promise.resolve(event);
  }

  event(event: AnyEvent): void {
    this.socket.emit('event', event);
  }

  resync(position: number): void {
    this.socket.emit('resync', { position });
  }
}

/** What the engine under Socket.IO has not written yet. */
const waiting = (conn: PageSocket['conn']): number =>
  (conn as unknown as { writeBuffer: unknown[] }).writeBuffer.length;
