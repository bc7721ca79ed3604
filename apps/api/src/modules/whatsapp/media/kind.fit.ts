/**
 * Which file may be sent as what. WhatsApp takes anything and its apps then show a broken bubble, so we say it before. The
 * types are those that its apps play on every platform, the sizes those at which they send without cutting down.
 */
import type { MediaContent, MediaKind } from '@trunkline/contracts';

const MB = 1024 * 1024;

interface Fit {
  types: RegExp;
  mostBytes: number;
  /** Completes "… takes". */
  takes: string;
}

const FITS: Record<MediaKind, Fit> = {
  image: { types: /^image\/(jpeg|png)$/, mostBytes: 16 * MB, takes: 'a JPEG or PNG of up to 16 MB' },
  video: { types: /^video\/(mp4|3gpp)$/, mostBytes: 100 * MB, takes: 'an MP4 or 3GP of up to 100 MB' },
  gif: { types: /^video\/mp4$/, mostBytes: 16 * MB, takes: 'an MP4 of up to 16 MB' },
  audio: {
    types: /^audio\/(aac|mp4|x-m4a|mpeg|amr|ogg|opus)$/,
    mostBytes: 16 * MB,
    takes: 'an AAC, M4A, MP3, AMR or Ogg of up to 16 MB',
  },
  voice: {
    types: /^audio\/(ogg|opus|mp4|x-m4a|aac)$/,
    mostBytes: 16 * MB,
    takes: 'an Ogg with Opus, or an M4A, of up to 16 MB',
  },
  document: { types: /./, mostBytes: 2048 * MB, takes: 'any file' },
  sticker: { types: /^image\/webp$/, mostBytes: 1 * MB, takes: 'a WebP of up to 1 MB' },
};

/** Undefined when it fits; else what to do. */
export function misfit({ kind }: MediaContent, file: { mime: string; size: number | null }): string | undefined {
  const { types, mostBytes, takes } = FITS[kind];
  const type = file.mime.split(';')[0]!.trim();
  if (types.test(type) && (file.size ?? 0) <= mostBytes) return undefined;
  return `A message of kind ${kind} takes ${takes}; this is ${type}. Send it as a document, or convert it first.`;
}
