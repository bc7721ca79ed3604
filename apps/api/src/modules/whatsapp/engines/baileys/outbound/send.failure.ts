/** Why a message did not leave. Whatever is thrown before the frame is with the gate is certain: nothing was sent. */
import type { SendFailureCode, SendResult } from '../../engine.js';
import type { Answer } from '../connection/wire.js';

export class SendFailure extends Error {
  constructor(
    readonly code: SendFailureCode,
    readonly detail: string,
  ) {
    super(detail);
  }

  /** An answer that never came is a failure, and not an empty answer (protocol.md S4). */
  static ofQuery(answer: Answer & { ok: false }, what: string): SendFailure {
    if (answer.failure === 'timed_out') return new SendFailure('query_timed_out', `no answer about ${what}`);
    if (answer.failure === 'closed') return new SendFailure('not_connected', 'the connection closed');
    return new SendFailure(
      answer.code === 429 ? 'rate_limited' : 'rejected',
      `the server refused to tell ${what} (${answer.code ?? answer.text})`,
    );
  }

  /** What else goes wrong while the connection ends, goes wrong because it ends: the message waits for the next one. */
  static toResult(error: unknown, connectionClosed: boolean): SendResult {
    if (error instanceof SendFailure) return { ok: false, code: error.code, detail: error.detail, certain: true };
    if (connectionClosed) return { ok: false, code: 'not_connected', detail: 'the connection closed', certain: true };
    return { ok: false, code: 'rejected', detail: 'the message could not be prepared', certain: true };
  }
}
