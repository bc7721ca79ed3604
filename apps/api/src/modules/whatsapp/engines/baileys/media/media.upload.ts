/**
 * Puts a file to the media hosts. Its address contains the hash of what is sent, so it is read twice: once to know the hash,
 * once to send it, encrypted under the same key both times. Nothing of it is kept in between.
 */
import { randomBytes } from 'node:crypto';
import type { MediaReference, MediaSource, MediaType } from '../../media.js';
import { encrypt, sealedSize, type Sealed } from './media.cipher.js';
import { addressOf, messageOf } from './media.download.js';
import { MediaError } from './media.error.js';
import type { MediaConnection, MediaHosts } from './media.hosts.js';
import { mediaKeys, type MediaKeys } from './media.keys.js';
import { call, type MediaLine, textOf } from './media.line.js';

const UNAUTHORIZED = new Set([401, 403]);
const TOO_BIG = 413;
const OK = 200;

export interface Uploading {
  line: MediaLine;
  connection: MediaConnection;
  source: MediaSource;
  type: MediaType;
  signal: AbortSignal;
}

type Place = Pick<MediaReference, 'path' | 'url'>;

interface Answer {
  direct_path?: string;
  url?: string;
}

export async function upload(uploading: Uploading): Promise<MediaReference> {
  const { source, type } = uploading;
  const key = randomBytes(32);
  const keys = mediaKeys(key, type);
  const sealed = await measure(source, keys);
  return {
    type,
    ...(await toAnyHost(uploading, keys, sealed)),
    key: key.toString('base64'),
    sha256: sealed.sha256.toString('base64'),
    encSha256: sealed.encSha256.toString('base64'),
    size: sealed.size,
    keyedAt: Math.floor(Date.now() / 1000),
  };
}

async function measure(source: MediaSource, keys: MediaKeys): Promise<Sealed> {
  const passing = encrypt(source.open(), keys);
  for (;;) {
    const { done, value } = await passing.next();
    if (done) return value;
  }
}

/** A word that a host does not know is asked for anew, once. A line that broke under it is tried once more: it may have been kept for too long. */
async function toAnyHost(uploading: Uploading, keys: MediaKeys, sealed: Sealed): Promise<Place> {
  let last: unknown;
  let renewed = false;
  const broken = new Set<string>();
  let hosts = await hostsOf(uploading.connection);
  for (let turn = 0; turn < hosts.names.length; turn += 1) {
    const host = hosts.names[turn]!;
    try {
      const answer = await toHost(uploading, hosts, host, keys, sealed);
      if (answer !== 'unauthorized') return answer;
      if (renewed) throw new MediaError('refused', 'the media host does not let this account upload');
      renewed = true;
      uploading.connection.forget(hosts);
      hosts = await hostsOf(uploading.connection);
      turn = -1;
    } catch (error) {
      uploading.signal.throwIfAborted();
      if (error instanceof MediaError && error.code !== 'unreachable') throw error;
      last = error;
      if (error instanceof MediaError || broken.has(host)) continue;
      broken.add(host);
      turn -= 1;
    }
  }
  throw new MediaError('unreachable', messageOf(last));
}

async function hostsOf(connection: MediaConnection): Promise<MediaHosts> {
  const hosts = await connection.hosts();
  if (!hosts || hosts.names.length === 0) throw new MediaError('unreachable', 'the server names no media hosts');
  return hosts;
}

async function toHost(
  { line, source, type, signal }: Uploading,
  { auth }: MediaHosts,
  host: string,
  keys: MediaKeys,
  { encSha256, size }: Sealed,
): Promise<Place | 'unauthorized'> {
  const token = encSha256.toString('base64url');
  const url = addressOf(host, `/mms/${type}/${token}?auth=${encodeURIComponent(auth)}&token=${token}`);
  const headers = { 'content-type': 'application/octet-stream', 'content-length': sealedSize(size) };
  const response = await call(line, url, { method: 'POST', headers, body: encrypt(source.open(), keys), signal });
  const status = response.statusCode ?? 0;
  if (UNAUTHORIZED.has(status)) {
    response.resume();
    return 'unauthorized';
  }
  if (status === TOO_BIG) throw new MediaError('too_big', 'the media host takes no file of this size');
  if (status !== OK) throw new MediaError('unreachable', `the media host answers ${status}`);
  const { direct_path: path, url: at = null } = JSON.parse(await textOf(response)) as Answer;
  if (!path) throw new MediaError('unreachable', 'the media host does not say where it is');
  return { path, url: at };
}
