/**
 * What a file is, by its content; its name and what its sender says count where the content says nothing. A file that
 * breaks its reader is one of which nothing is known: it harms nothing else. The readers are loaded by the first file of their
 * kind: a worker that was killed must be back at once.
 */
import { open } from 'node:fs/promises';
import { filmOf } from './film.js';

export interface Inspected {
  mime: string;
  width: number | null;
  height: number | null;
  seconds: number | null;
  /** JPEG. */
  thumbnail: Buffer | null;
}

const UNKNOWN = 'application/octet-stream';
const TEXT = 'text/plain';
const SAMPLE = 65_536;
/** WhatsApp carries it inside the message. */
const THUMBNAIL_SIDE = 96;
/** A small file that unfolds to more than this many pixels is not opened. */
const MOST_PIXELS = 100_000_000;
/** Kinds of text that a browser would run are plain text to everybody here. */
const CALM_TEXT = /^text\/(plain|csv|markdown|calendar|vcard|tab-separated-values)$/;

export async function inspectFile(path: string, claimed: string | null): Promise<Inspected> {
  const { fileTypeFromFile } = await import('file-type');
  const mime = (await fileTypeFromFile(path).catch(() => undefined))?.mime ?? (await textOrUnknown(path, claimed));
  const nothing = { mime, width: null, height: null, seconds: null, thumbnail: null };
  if (mime.startsWith('image/')) return { ...nothing, ...(await picture(path)) };
  if (mime.startsWith('audio/') || mime.startsWith('video/')) return { ...nothing, ...(await played(path, mime)) };
  return nothing;
}

async function textOrUnknown(path: string, claimed: string | null): Promise<string> {
  const bytes = await sampleOf(path);
  if (bytes.length === 0 || bytes.includes(0)) return UNKNOWN;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return UNKNOWN;
  }
  const said = claimed?.split(';')[0]?.trim().toLowerCase() ?? '';
  return CALM_TEXT.test(said) ? said : TEXT;
}

async function sampleOf(path: string): Promise<Buffer> {
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(SAMPLE), 0, SAMPLE, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

async function picture(path: string): Promise<Partial<Inspected>> {
  try {
    const { autoOrient } = await (await opened(path)).metadata();
    return { width: autoOrient.width, height: autoOrient.height, thumbnail: await smallPicture(path) };
  } catch {
    return {};
  }
}

async function opened(picture: string | Buffer) {
  const { default: sharp } = await import('sharp');
  return sharp(picture, { limitInputPixels: MOST_PIXELS });
}

/** As a JPEG of the size that WhatsApp carries inside a message, from a path or from bytes. Rejects for what is no picture. */
export async function smallPicture(from: string | Buffer): Promise<Buffer> {
  return (await opened(from))
    .rotate()
    .resize(THUMBNAIL_SIDE, THUMBNAIL_SIDE, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .jpeg({ quality: 50 })
    .toBuffer();
}

async function played(path: string, mime: string): Promise<Partial<Inspected>> {
  try {
    const { parseFile } = await import('music-metadata');
    const { format } = await parseFile(path, { duration: true, skipCovers: true });
    const seconds = format.duration ?? null;
    if (format.hasVideo === false) return { seconds, mime: asAudio(mime) };
    return { seconds, ...(mime.startsWith('video/') && (await filmOf(path))) };
  } catch {
    return {};
  }
}

/** A container of films may hold sound alone. */
const asAudio = (mime: string): string => mime.replace(/^video\//, 'audio/');
