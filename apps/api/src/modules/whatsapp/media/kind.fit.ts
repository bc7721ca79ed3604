/** What to say of a file that does not fit the kind it is to be sent as (`MEDIA_FITS` of the contracts). */
import { fitsKind, type MediaContent, type MediaKind } from '@trunkline/contracts';

/** Completes "… takes". */
const TAKES: Record<MediaKind, string> = {
  image: 'a JPEG or PNG of up to 16 MB',
  video: 'an MP4 or 3GP of up to 100 MB',
  gif: 'an MP4 of up to 16 MB',
  audio: 'an AAC, M4A, MP3, AMR or Ogg of up to 16 MB',
  voice: 'an Ogg with Opus, or an M4A, of up to 16 MB',
  document: 'any file',
  sticker: 'a WebP of up to 1 MB',
};
const MB = 1024 * 1024;

/** Undefined when it fits; else what to do. */
export function misfit({ kind }: MediaContent, file: { mime: string; size: number | null }): string | undefined {
  if (fitsKind(kind, file)) return undefined;
  const size = file.size === null ? '' : ` of ${Math.ceil((file.size / MB) * 10) / 10} MB`;
  const type = file.mime.split(';')[0]!.trim();
  return `A message of kind ${kind} takes ${TAKES[kind]}; this is ${type}${size}. Send it as a document, or convert it first.`;
}
