/**
 * Why an account of zapo-js lost its connection, in the words of `packages/contracts/src/reason.ts`. What the library says
 * (an event, or an error it logs) comes shortly before or after its socket closes; one `closed` is told for both.
 */
import { silent } from '../child.mjs';

/** How long the library may need to say why, in milliseconds. */
const SETTLE_MS = 50;

const words = {
  stream_error_replaced: 'replaced',
  stream_error_device_removed: 'unlinked',
  stream_error_force_login: 'restart_required',
  failure_locked: 'banned',
  failure_not_authorized: 'unlinked',
  failure_client_too_old: 'client_outdated',
  failure_bad_user_agent: 'client_outdated',
  failure_service_unavailable: 'unavailable',
  client_disconnected: 'disconnected_by_user',
};
const failures = {
  401: 'unlinked',
  402: 'temporarily_banned',
  403: 'banned',
  405: 'client_outdated',
  409: 'client_outdated',
  503: 'unavailable',
};

export class Closings {
  constructor(tell) {
    this.tell = tell;
    this.reason = undefined;
    this.pending = undefined;
  }

  socketClosed() {
    this.pending ??= setTimeout(() => this.flush(), SETTLE_MS);
  }

  /** The library closed and will not come back by itself. */
  disconnected(reason, code) {
    this.because(words[reason] ?? reason, `${reason} ${code ?? ''}`.trim());
    this.pending ??= setTimeout(() => this.flush(), SETTLE_MS);
  }

  failed(code) {
    this.because(failures[code] ?? 'server_error', `failure ${code}`);
  }

  /** `connect` was rejected: nothing was ever open. */
  gaveUp(error) {
    this.because(/timeout/.test(error.message) ? 'connection_timeout' : 'network_unreachable', error.message);
    this.flush();
  }

  /** A dead peer answers no close frame either, so the socket's own end may be far away. */
  dead(detail) {
    this.because('connection_lost', detail);
    this.socketClosed();
  }

  /** zapo-js does not wait for the server's 515 and starts again. */
  paired() {
    this.because('restart_required', 'paired');
  }

  /** Whatever was lost before, was lost before this. */
  opened() {
    if (this.pending) this.flush();
    this.reason = undefined;
  }

  /** The first word is the most exact one. */
  because(reason, detail) {
    this.reason ??= { reason, detail };
  }

  flush() {
    clearTimeout(this.pending);
    this.pending = undefined;
    const { reason, detail } = this.reason ?? { reason: 'connection_closed', detail: '' };
    this.reason = undefined;
    this.tell({ type: 'closed', reason, code: null, detail });
  }

  /** A failed handshake and a dead link are told to the logger only. */
  logger() {
    const note = (message, context) => {
      const text = `${message} ${context?.message ?? ''}`;
      if (/certificate/.test(text)) this.because('bad_certificate', text);
      else if (/keepalive ping failed/.test(text)) this.dead(text);
      else if (/decode noise frame/.test(text)) this.because('bad_frame', text);
    };
    return { ...silent, warn: note, error: note };
  }
}
