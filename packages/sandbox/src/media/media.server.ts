/** The media host (protocol.md B.10): takes and gives encrypted files over https, and fails on command. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import type { Counts } from '../network/counts.js';
import type { Faults } from '../faults/faults.js';
import { MEDIA_TYPES } from './media.cipher.js';
import { altered, cutOff, slowed } from './media.faults.js';
import { TooBig, type StoredFile } from './media.files.js';
import type { MediaShelf } from './media.shelf.js';

/** What `media_conn` says that a file may have. */
export const MOST_BYTES = 2_147_483_648;
/** Some clients have a place of its own for each of these; the keys are those of image, video and audio all the same. */
const PLACES: ReadonlySet<string | undefined> = new Set([...MEDIA_TYPES, 'sticker', 'gif', 'ptt']);
const KINDS = ['media-status', 'media-cut', 'media-slow', 'media-altered'] as const;

export interface MediaParts {
  shelf: MediaShelf;
  faults: Faults;
  counts: Counts;
}

export class MediaServer {
  private readonly http: Server;

  constructor(
    private readonly parts: MediaParts,
    tls: { key: string; cert: string },
  ) {
    this.http = createServer(tls, (request, response) => {
      void this.answer(request, response).catch(() => response.destroy());
    });
    // An upload may take as long as it takes; a slow line is one of the faults.
    this.http.requestTimeout = 0;
  }

  async listen(port: number, host: string): Promise<void> {
    this.http.listen(port, host);
    await once(this.http, 'listening');
    this.parts.shelf.origin = `https://${host}:${(this.http.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.http.closeAllConnections();
    await new Promise((resolve) => this.http.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'https://media');
    if (request.method === 'POST') return this.take(request, response, url);
    if (request.method === 'GET' || request.method === 'HEAD') return this.give(request, response, url);
    refuse(response, 405);
  }

  private async take(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const { shelf, faults, counts } = this.parts;
    const [, type, hash] = /^\/mms\/([a-z-]+)\/([\w-]+=*)$/.exec(url.pathname) ?? [];
    const account = shelf.accountOf(url.searchParams.get('auth'));
    counts.add('media:uploads');
    if (account === undefined) return refuse(response, 401, request);
    if (!hash || !PLACES.has(type)) return refuse(response, 404, request);
    const effect = faults.strike({ account, phase: 'online', transfer: 'upload' }, KINDS);
    if (effect) counts.add(`faults:${effect.kind}`);
    if (effect?.kind === 'media-status') return refuse(response, effect.status, request);
    const length = Number(request.headers['content-length'] ?? 0);
    const body = effect?.kind === 'media-slow' ? slowed(request, effect.bytesPerSecond) : request;
    const file = await shelf.files
      .put(effect?.kind === 'media-cut' ? cutOff(body, length / 2) : body, MOST_BYTES)
      .catch((error: unknown) => {
        if (error instanceof TooBig) return undefined;
        throw error;
      });
    if (!file) return refuse(response, 413);
    if (file.hash !== hash.replace(/=+$/, '')) return refuse(response, 400);
    const { url: at, directPath } = shelf.publish(file);
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ url: at, direct_path: directPath }));
  }

  private async give(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const { shelf, faults, counts } = this.parts;
    counts.add('media:downloads');
    const effect = faults.strike({ account: undefined, phase: 'online', transfer: 'download' }, KINDS);
    if (effect) counts.add(`faults:${effect.kind}`);
    if (effect?.kind === 'media-status') return refuse(response, effect.status);
    const file = shelf.find(url.pathname);
    if (file === 'unknown') return refuse(response, 404);
    if (file === 'gone') return refuse(response, 410);
    const range = rangeOf(request.headers.range, file);
    if (!range) return refuse(response, 416);
    response.writeHead(request.headers.range ? 206 : 200, headersOf(request, file, range));
    if (request.method === 'HEAD') return void response.end();
    const { start, end } = range;
    let body: AsyncIterable<Uint8Array> = shelf.files.read(file.hash, start, end);
    if (effect?.kind === 'media-slow') body = slowed(body, effect.bytesPerSecond);
    if (effect?.kind === 'media-cut') body = cutOff(body, (end - start + 1) / 2);
    if (effect?.kind === 'media-altered') body = altered(body);
    await pipeline(body, response);
  }
}

function rangeOf(header: string | undefined, { size }: StoredFile): { start: number; end: number } | undefined {
  const [, from = '0', to = ''] = /^bytes=(\d+)-(\d*)$/.exec(header ?? 'bytes=0-') ?? [];
  const [start, end] = [Number(from), to === '' ? size - 1 : Math.min(Number(to), size - 1)];
  return start <= end ? { start, end } : undefined;
}

function headersOf(request: IncomingMessage, file: StoredFile, { start, end }: { start: number; end: number }) {
  return {
    'content-type': 'application/octet-stream',
    'content-length': end - start + 1,
    'accept-ranges': 'bytes',
    ...(request.headers.range && { 'content-range': `bytes ${start}-${end}/${file.size}` }),
  };
}

/** What is being uploaded is read to its end, so that its sender hears the answer. */
function refuse(response: ServerResponse, status: number, uploading?: IncomingMessage): void {
  uploading?.resume();
  response.writeHead(status, { 'content-length': 0, connection: 'close' });
  response.end();
}
