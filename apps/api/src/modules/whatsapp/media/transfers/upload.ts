import type { MediaFailure } from '../../engines/media.js';
import { MOST_ATTEMPTS, waitAfter } from './patience.js';
import type { DueUpload } from './transfer.repository.js';
import type { TransferParts } from './transfers.js';

/** Something of ours failed. */
const OURS: MediaFailure = { ok: false, code: 'unreachable', detail: 'The file could not be read here.' };
const REMOVED = 'The file was removed here before it was sent.';

/** Puts one file to WhatsApp, and records where it is. */
export async function upload(parts: TransferParts, due: DueUpload, signal: AbortSignal): Promise<void> {
  const { accountId, clock, engine, recordUpload, seal, library } = parts;
  const { media_id: mediaId, type, sha256 } = due;
  const now = clock.now();
  const step = { accountId, mediaId, type, attempts: due.attempts, nextAttemptAt: now, problem: null, reference: null };
  if (sha256 === null || due.state !== 'ready') {
    recordUpload({ ...step, state: 'failed', problem: REMOVED });
    return told(parts);
  }
  const source = { open: () => contentOf(library, sha256) };
  const result = await engine.upload(source, type, signal).catch((error: unknown) => {
    if (!signal.aborted) parts.failed(error);
    return OURS;
  });
  if (signal.aborted) return;
  if (result.ok) recordUpload({ ...step, state: 'ready', reference: seal(accountId, mediaId, result.reference) });
  else if (result.code === 'too_big' || result.code === 'refused' || due.attempts + 1 >= MOST_ATTEMPTS) {
    recordUpload({ ...step, state: 'failed', problem: result.detail });
  } else {
    const attempts = result.code === 'not_connected' ? due.attempts : due.attempts + 1;
    const nextAttemptAt = new Date(now.getTime() + waitAfter(Math.max(1, attempts), parts.random()));
    recordUpload({ ...step, state: 'pending', attempts, nextAttemptAt });
  }
  await told(parts);
}

async function* contentOf(library: TransferParts['library'], sha256: string): AsyncGenerator<Uint8Array> {
  const file = await library.open(sha256);
  if (!file) throw new Error('a file is missing in the store');
  yield* file as AsyncIterable<Uint8Array>;
}

async function told({ durable, uploaded }: TransferParts): Promise<void> {
  await durable();
  uploaded();
}
