import { type GroupJid, type LidUser, personJid, type PhoneDigits } from '../../jid.js';
import type { MediaFailure, MediaMessage, MediaReference } from '../../engines/media.js';
import { FileTooBig } from '../files/spool.js';
import type { TakenFile } from '../files/library.js';
import { ASK_AGAIN_MS, MOST_ASKED, MOST_ATTEMPTS, MOST_CORRUPT, waitAfter } from './patience.js';
import type { DueDownload } from './transfer.repository.js';
import type { DownloadStep } from './transfer.writer.js';
import type { TransferParts } from './transfers.js';

type Outcome = Pick<DownloadStep, 'state' | 'problem'> & Partial<DownloadStep>;

const GONE = 'WhatsApp does not have it any more, and the phone did not send it again.';
const ASKED = 'WhatsApp does not have it any more. The phone is asked for it once an hour, and has not answered yet.';
const WRONG = 'What WhatsApp handed over is not what the sender sent.';
const FAILED = 'WhatsApp did not hand it over.';

/** Fetches one file, and records what came of it. */
export async function download(parts: TransferParts, due: DueDownload, signal: AbortSignal): Promise<void> {
  const { accountId, record, failed } = parts;
  const { id, attempts, asked } = due;
  const step = { accountId, id, attempts, asked, nextAttemptAt: null };
  record({ ...step, state: 'downloading', problem: null });
  const outcome = await outcomeOf(parts, due, signal).catch((error: unknown) => {
    failed(error); // Ours, and perhaps for good: it is no reason to try at once.
    return afterTry(parts, attempts + 1);
  });
  if (outcome && !signal.aborted) record({ ...step, ...outcome });
}

async function outcomeOf(parts: TransferParts, due: DueDownload, signal: AbortSignal): Promise<Outcome | undefined> {
  const reference = parts.unseal(parts.accountId, due.id, due.reference);
  const fetched = await fetchFile(parts, reference, due.mime, signal);
  if (!('sha256' in fetched)) return signal.aborted ? undefined : afterFailure(parts, due, reference, fetched, signal);
  if (signal.aborted) return void (await fetched.discard());
  await parts.library.keep(fetched, parts.clock.now());
  return { state: 'ready', problem: null, attempts: 0, asked: 0, file: fetched };
}

async function fetchFile(
  { engine, library, failed }: TransferParts,
  reference: MediaReference,
  mime: string,
  signal: AbortSignal,
): Promise<TakenFile | MediaFailure> {
  let taken: TakenFile | undefined;
  const sink = async (bytes: AsyncIterable<Uint8Array>): Promise<void> => {
    taken = await library.take(bytes, mime);
  };
  try {
    const result = await engine.download(reference, sink, { most: library.settings.mostBytes, signal });
    if (result.ok && taken) return taken;
    await taken?.discard();
    return result.ok ? { ok: false, code: 'unreachable', detail: 'nothing came' } : result;
  } catch (error) {
    if (error instanceof FileTooBig) return { ok: false, code: 'too_big', detail: error.message };
    failed(error); // The disk, most likely: what was fetched cannot be kept now.
    return { ok: false, code: 'unreachable', detail: 'it could not be stored' };
  }
}

async function afterFailure(
  parts: TransferParts,
  due: DueDownload,
  reference: MediaReference,
  failure: MediaFailure,
  signal: AbortSignal,
): Promise<Outcome> {
  const attempts = due.attempts + 1;
  if (failure.code === 'gone') return askPhone(parts, due, reference, signal);
  if (failure.code === 'too_big')
    return { state: 'failed', problem: 'It is larger than the limit of this installation.' };
  if (failure.code === 'corrupt' && attempts >= MOST_CORRUPT) return { state: 'failed', problem: WRONG };
  return failure.code === 'not_connected' ? later(parts, due.attempts) : afterTry(parts, attempts);
}

const afterTry = (parts: TransferParts, attempts: number): Outcome =>
  attempts >= MOST_ATTEMPTS ? { state: 'failed', problem: FAILED } : later(parts, attempts);

/** What the hosts have lost is on the phone, most likely. */
async function askPhone(
  parts: TransferParts,
  due: DueDownload,
  reference: MediaReference,
  signal: AbortSignal,
): Promise<Outcome> {
  const message = messageOf(due);
  const asked = due.asked + 1;
  if (!message || asked > MOST_ASKED) return { state: 'gone', problem: GONE };
  const answer = await parts.engine.askAgain(message, reference, signal);
  const now = parts.clock.now();
  if (answer.ok) {
    const moved = { ...reference, path: answer.path, url: null };
    const sealed = parts.seal(parts.accountId, due.id, moved);
    return { state: 'pending', problem: null, attempts: 0, asked, nextAttemptAt: now, reference: sealed };
  }
  if (answer.code === 'not_on_phone') return { state: 'gone', problem: GONE };
  if (answer.code === 'not_connected') return later(parts, due.attempts);
  return { state: 'pending', problem: ASKED, asked, nextAttemptAt: new Date(now.getTime() + ASK_AGAIN_MS) };
}

function later({ clock, random }: TransferParts, attempts: number): Outcome {
  const nextAttemptAt = new Date(clock.now().getTime() + waitAfter(Math.max(1, attempts), random()));
  return { state: 'pending', problem: null, attempts, nextAttemptAt };
}

function messageOf(due: DueDownload): MediaMessage | undefined {
  const chat = due.group_wa_id ?? jidOf(due.chat_phone, due.chat_lid);
  if (!due.wa_id || !chat) return undefined;
  const participant = due.group_wa_id ? (jidOf(due.sender_phone, due.sender_lid) ?? null) : null;
  return { waId: due.wa_id, chat: chat as GroupJid, fromMe: due.direction === 'out', participant };
}

const jidOf = (phone: string | null, lid: string | null): string | undefined =>
  phone || lid ? personJid({ phone: phone as PhoneDigits | null, lid: lid as LidUser | null }) : undefined;
