import type { Media } from '@trunkline/contracts';
import { ApiError, readError } from '../api/error';
import { sessionLost } from '../api/session-lost';

export interface FileOnItsWay {
  accountId: string;
  file: File;
  /** Of a film; see `posterOf`. */
  poster: string | null;
  signal: AbortSignal;
  /** Bytes of the file that have left so far. */
  onProgress: (loaded: number) => void;
}

/** Uploads one file. By XMLHttpRequest, since `fetch` tells nothing of what has left. Throws `ApiError`. */
export function sendFile({ accountId, file, poster, signal, onProgress }: FileOnItsWay): Promise<Media> {
  const form = new FormData();
  // What comes after the file is not read.
  if (poster) form.set('poster', poster);
  form.set('file', file);
  const request = new XMLHttpRequest();
  request.open('POST', `/api/whatsapp/media?accountId=${encodeURIComponent(accountId)}`);
  request.setRequestHeader('accept', 'application/json');
  // The form around the file is some hundred bytes longer.
  request.upload.onprogress = ({ loaded }) => onProgress(Math.min(loaded, file.size));
  const stop = () => request.abort();
  signal.addEventListener('abort', stop);
  return new Promise<Media>((resolve, reject) => {
    request.onload = () => resolve(answerOf(request));
    request.onerror = () => reject(new ApiError('unreachable', ''));
    request.onabort = () => reject(signal.reason as Error);
    request.send(form);
  }).finally(() => signal.removeEventListener('abort', stop));
}

async function answerOf({ status, responseText }: XMLHttpRequest): Promise<Media> {
  if (status === 201) return JSON.parse(responseText) as Media;
  const error = await readError(new Response(responseText, { status }));
  if (error.code === 'unauthenticated') sessionLost();
  throw error;
}
