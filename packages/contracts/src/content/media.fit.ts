import type { MediaKind } from './media.js';

const MB = 1024 * 1024;

export interface MediaFit {
  /** Null takes every type. */
  types: readonly string[] | null;
  mostBytes: number;
}

/**
 * Which file may be sent as what. WhatsApp takes anything and its apps then show a broken bubble, so we say it before. The
 * types are those that its apps play on every platform, the sizes those at which they send without cutting down.
 */
export const MEDIA_FITS: Record<MediaKind, MediaFit> = {
  image: { types: ['image/jpeg', 'image/png'], mostBytes: 16 * MB },
  video: { types: ['video/mp4', 'video/3gpp'], mostBytes: 100 * MB },
  gif: { types: ['video/mp4'], mostBytes: 16 * MB },
  audio: {
    types: ['audio/aac', 'audio/mp4', 'audio/x-m4a', 'audio/mpeg', 'audio/amr', 'audio/ogg', 'audio/opus'],
    mostBytes: 16 * MB,
  },
  voice: { types: ['audio/ogg', 'audio/opus', 'audio/mp4', 'audio/x-m4a', 'audio/aac'], mostBytes: 16 * MB },
  document: { types: null, mostBytes: 2048 * MB },
  sticker: { types: ['image/webp'], mostBytes: 1 * MB },
};

/** `mime` may have parameters; a size that is not known is no hindrance. */
export function fitsKind(kind: MediaKind, { mime, size }: { mime: string; size: number | null }): boolean {
  const { types, mostBytes } = MEDIA_FITS[kind];
  const type = mime.split(';')[0]!.trim().toLowerCase();
  return (types === null || types.includes(type)) && (size ?? 0) <= mostBytes;
}
