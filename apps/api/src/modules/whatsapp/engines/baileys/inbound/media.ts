/** The file that a message brings: how it is fetched and opened, and what its sender says of it. */
import type { proto } from 'baileys';
import type { EngineMedia } from '../../engine.js';
import type { MediaReference, MediaType } from '../../media.js';
import { contentOf } from './plaintext.js';

/** What the parts of all kinds have in common; every field may be missing, and numbers may be of any class. */
interface Part {
  url?: string | null;
  directPath?: string | null;
  mimetype?: string | null;
  mediaKey?: Uint8Array | null;
  mediaKeyTimestamp?: number | { toString(): string } | null;
  fileSha256?: Uint8Array | null;
  fileEncSha256?: Uint8Array | null;
  fileLength?: number | { toString(): string } | null;
  fileName?: string | null;
  title?: string | null;
  width?: number | null;
  height?: number | null;
  seconds?: number | null;
  waveform?: Uint8Array | null;
  jpegThumbnail?: Uint8Array | null;
}

const KEY_BYTES = 32;
const HASH_BYTES = 32;
const MOST_THUMBNAIL = 65_536;
const MOST_BARS = 256;

/** Undefined where there is none, or where it could not be opened with what is said. */
export function readMedia(message: proto.IMessage): EngineMedia | undefined {
  const content = contentOf(message);
  const { imageMessage, videoMessage, ptvMessage, audioMessage, documentMessage, stickerMessage } = content;
  const video = videoMessage ?? ptvMessage;
  return (
    mediaOf(imageMessage, 'image') ??
    mediaOf(video, 'video') ??
    mediaOf(audioMessage, 'audio') ??
    mediaOf(documentMessage, 'document') ??
    mediaOf(stickerMessage, 'image')
  );
}

function mediaOf(part: Part | null | undefined, type: MediaType): EngineMedia | undefined {
  const path = part?.directPath || pathOf(part?.url);
  if (!part || !path || !(part.mediaKey?.length === KEY_BYTES || isClear(part))) return undefined;
  return {
    reference: { ...opening(part), type, path, url: part.url || null },
    facts: {
      mime: part.mimetype || 'application/octet-stream',
      fileName: part.fileName || part.title || null,
      width: whole(part.width),
      height: whole(part.height),
      seconds: whole(part.seconds),
      waveform: barsOf(part.waveform),
      thumbnail: thumbnailOf(part.jpegThumbnail),
    },
  };
}

/** As in channels: whoever gets at its bytes can say whether they are the ones meant. */
const isClear = ({ mediaKey, fileEncSha256, fileSha256 }: Part): boolean =>
  !mediaKey?.length && !fileEncSha256?.length && fileSha256?.length === HASH_BYTES;

function opening(part: Part): Omit<MediaReference, 'type' | 'path' | 'url'> {
  return {
    key: base64(part.mediaKey),
    sha256: base64(part.fileSha256),
    encSha256: base64(part.fileEncSha256),
    size: part.fileLength === null || part.fileLength === undefined ? null : whole(Number(part.fileLength)),
    keyedAt: whole(Number(part.mediaKeyTimestamp ?? Number.NaN)),
  };
}

function pathOf(url: string | null | undefined): string | undefined {
  if (!url || !URL.canParse(url)) return undefined;
  const { pathname, search } = new URL(url);
  return `${pathname}${search}`;
}

const base64 = (bytes: Uint8Array | null | undefined): string | null =>
  bytes && bytes.length > 0 ? Buffer.from(bytes).toString('base64') : null;

function whole(value: number | null | undefined): number | null {
  const number = Math.round(value ?? Number.NaN);
  return Number.isSafeInteger(number) && number >= 0 && (value ?? 0) > 0 ? number : null;
}

function barsOf(waveform: Uint8Array | null | undefined): number[] | null {
  const bars = [...(waveform ?? []).slice(0, MOST_BARS)].map((bar) => Math.min(100, bar));
  return bars.length > 0 ? bars : null;
}

/** A JPEG begins so; anything else is not handed on. */
function thumbnailOf(bytes: Uint8Array | null | undefined): Uint8Array | null {
  if (!bytes || bytes.length < 4 || bytes.length > MOST_THUMBNAIL) return null;
  return bytes[0] === 0xff && bytes[1] === 0xd8 ? Buffer.from(bytes) : null;
}
