/**
 * The output gate, at the socket: every frame waits, in order, until all that was written to the journal before it is
 * durable. A frame has spent its Noise counter by then, so none may be dropped, repeated or swapped while the socket lives.
 *
 * The callback is called when the frame is queued: Baileys awaits it inside its mutexes, and a message counts as sent by
 * the server's ack alone (protocol.md S3, S25). It also closes the window in which the server's first node could arrive
 * before the transport keys are set (B.2): they are set before the last handshake frame has left.
 */
import type { SessionJournal } from '../../../sessions/journal.js';
import type { RawSocket } from './raw.socket.js';

export function gateFrames(socket: RawSocket, journal: SessionJournal): void {
  const send = socket.send.bind(socket);
  socket.send = (data, queued) => {
    journal.pass(() => {
      if (socket.readyState !== socket.OPEN) return;
      gather(socket);
      send(data, ignoreLateError);
    });
    queued?.();
  };
}

/** Frames that one commit frees leave with one write, at the end of the same turn. */
function gather({ _socket: tcp }: RawSocket): void {
  if (!tcp || tcp.writableCorked > 0) return;
  tcp.cork();
  process.nextTick(() => tcp.uncork());
}

/** The socket closes after it, and says so by itself. */
function ignoreLateError(): void {}
