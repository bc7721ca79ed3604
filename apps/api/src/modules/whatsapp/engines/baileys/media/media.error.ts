import type { MediaFailure, MediaFailureCode } from '../../media.js';
import { CorruptMedia } from './media.cipher.js';

/** A transfer that came to nothing, on its way to becoming a value. */
export class MediaError extends Error {
  override name = 'MediaError';

  constructor(
    readonly code: MediaFailureCode,
    message: string,
  ) {
    super(message);
  }
}

/** What the system says of a line is the line's fault; what is neither is thrown on. */
export function failureOf(error: unknown): MediaFailure {
  if (error instanceof MediaError) return { ok: false, code: error.code, detail: error.message };
  if (error instanceof CorruptMedia) return { ok: false, code: 'corrupt', detail: error.message };
  throw error;
}
