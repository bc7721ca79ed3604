import { ApiError, readError } from '../api/error';
import { sessionLost } from '../api/session-lost';

export interface FormOnItsWay {
  method: 'POST' | 'PUT';
  /** Below `/api`. */
  path: string;
  /** What else there is to say: it goes before the file, since what comes after that is not read. */
  fields?: Record<string, string>;
  file: File;
  signal: AbortSignal;
  /** Bytes of the file that have left so far. */
  onProgress: (loaded: number) => void;
}

/** Sends one file as a form. By XMLHttpRequest, since `fetch` tells nothing of what has left. Throws `ApiError`. */
export function sendForm<T>({ method, path, fields = {}, file, signal, onProgress }: FormOnItsWay): Promise<T> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set('file', file);
  const request = new XMLHttpRequest();
  request.open(method, `/api${path}`);
  request.setRequestHeader('accept', 'application/json');
  // The form around the file is some hundred bytes longer.
  request.upload.onprogress = ({ loaded }) => onProgress(Math.min(loaded, file.size));
  const stop = () => request.abort();
  signal.addEventListener('abort', stop);
  return new Promise<T>((resolve, reject) => {
    request.onload = () => resolve(answerOf<T>(request));
    request.onerror = () => reject(new ApiError('unreachable', ''));
    request.onabort = () => reject(signal.reason as Error);
    request.send(form);
  }).finally(() => signal.removeEventListener('abort', stop));
}

async function answerOf<T>({ status, responseText }: XMLHttpRequest): Promise<T> {
  if (status >= 200 && status < 300) return JSON.parse(responseText) as T;
  const error = await readError(new Response(responseText, { status }));
  if (error.code === 'unauthenticated') sessionLost();
  throw error;
}
