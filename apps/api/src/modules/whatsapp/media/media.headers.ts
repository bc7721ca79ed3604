/**
 * How a file is handed to a browser. What people send is never run: only pictures, films and sound of well-known kinds are
 * shown in place, everything else is a download, and what a browser could run goes under a type that says nothing.
 */
import type { Media } from '@trunkline/contracts';
import type { ByteRange } from './files/file.store.js';

const SHOWN = new Set([
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/gif',
  'image/avif',
  'video/mp4',
  'video/webm',
  'video/3gpp',
  'video/quicktime',
  'audio/mpeg',
  'audio/mp4',
  'audio/x-m4a',
  'audio/aac',
  'audio/ogg',
  'audio/opus',
  'audio/amr',
  'audio/wav',
  'audio/webm',
  'audio/flac',
]);
const HARMLESS = /^(text\/(plain|csv)|application\/(pdf|zip|json|msword|vnd\.[\w.+-]+))$/;

const bare = (mime: string): string => mime.split(';')[0]!.trim().toLowerCase();

export function servedType(mime: string): string {
  const type = bare(mime);
  if (SHOWN.has(type)) return type;
  if (!HARMLESS.test(type)) return 'application/octet-stream';
  return type.startsWith('text/') ? `${type}; charset=utf-8` : type;
}

export function fileHeaders(
  { mime, fileName, sha256, id }: Pick<Media, 'mime' | 'fileName' | 'sha256' | 'id'>,
  download: boolean,
): Record<string, string> {
  const place = SHOWN.has(bare(mime)) && !download ? 'inline' : 'attachment';
  return {
    'content-type': servedType(mime),
    'content-disposition': `${place}; ${nameParts(fileName ?? id)}`,
    'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'accept-ranges': 'bytes',
    etag: `"${sha256}"`,
    // The file never changes; who may see it does, and is asked for again.
    'cache-control': 'private, max-age=300',
  };
}

/** A name in ASCII for old programs, and the name itself (RFC 6266, RFC 8187). */
function nameParts(name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return `filename="${ascii}"; filename*=UTF-8''${encoded}`;
}

/** `whole` when no range is asked for, or one of a unit or form that we do not know; `unsatisfiable` when it lies outside. */
export function rangeOf(header: string | undefined, size: number): ByteRange | 'whole' | 'unsatisfiable' {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return 'whole';
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (first !== '' && last !== '' && Number(first) > Number(last)) return 'whole';
  return start <= end ? { start, end } : 'unsatisfiable';
}
