import { noteServerDate } from '../live/server-time';
import { ApiError, readError } from './error';
import { sessionLost } from './session-lost';

export interface RequestOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Undefined values are left out. */
  query?: Record<string, string | number | boolean | undefined>;
  body?: unknown;
  /** Sent as it is instead of a JSON body, with its own type. */
  file?: Blob;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** One origin: paths are under `/api`, and the session cookie goes along by itself. Throws `ApiError`. */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const response = await send(path, options);
  noteServerDate(response.headers.get('date'));
  if (!response.ok) {
    const error = await readError(response);
    if (error.code === 'unauthenticated') sessionLost();
    throw error;
  }
  return response.status === 204 ? (undefined as T) : readBody<T>(response);
}

async function send(path: string, options: RequestOptions): Promise<Response> {
  const { method = 'GET', query, body, file, headers, signal } = options;
  try {
    return await fetch(`/api${path}${search(query)}`, {
      method,
      headers: {
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      body: file ?? (body === undefined ? undefined : JSON.stringify(body)),
      credentials: 'same-origin',
      cache: 'no-store',
      signal,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError('unreachable', '');
  }
}

async function readBody<T>(response: Response): Promise<T> {
  try {
    return (await response.json()) as T;
  } catch {
    throw new ApiError('unreadable', '', response.status);
  }
}

function search(query: RequestOptions['query']): string {
  const pairs = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(pairs.map(([name, value]) => [name, String(value)])).toString();
  return text && `?${text}`;
}
