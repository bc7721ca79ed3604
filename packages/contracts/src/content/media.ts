import { z } from 'zod';

/** A caption, as a text is. */
const CAPTION_MAX = 65_536;

const caption = z.string().max(CAPTION_MAX).optional();
/** The file: of `POST /api/whatsapp/media`, or one that came in. See `Message.media` for what is known of it. */
const mediaId = z.uuid();

/** Loudness over time, from 0 to 100; WhatsApp draws 64 bars. */
export const waveformSchema = z.array(z.int().min(0).max(100)).min(1).max(256);

export const imageContentSchema = z.object({ kind: z.literal('image'), mediaId, caption });
export const videoContentSchema = z.object({ kind: z.literal('video'), mediaId, caption });
/** A short film without sound that plays by itself, again and again. */
export const gifContentSchema = z.object({ kind: z.literal('gif'), mediaId, caption });
export const audioContentSchema = z.object({ kind: z.literal('audio'), mediaId });
export const voiceContentSchema = z.object({
  kind: z.literal('voice'),
  mediaId,
  waveform: waveformSchema.optional(),
});
/** `fileName` is what the reader is shown; left out, the name it was uploaded with. */
export const documentContentSchema = z.object({
  kind: z.literal('document'),
  mediaId,
  caption,
  fileName: z.string().min(1).max(255).optional(),
});
export const stickerContentSchema = z.object({ kind: z.literal('sticker'), mediaId });

export const MEDIA_CONTENTS = [
  imageContentSchema,
  videoContentSchema,
  gifContentSchema,
  audioContentSchema,
  voiceContentSchema,
  documentContentSchema,
  stickerContentSchema,
] as const;
export type MediaContent = z.infer<(typeof MEDIA_CONTENTS)[number]>;
export type MediaKind = MediaContent['kind'];
export const MEDIA_KINDS = MEDIA_CONTENTS.map((schema) => schema.shape.kind.value) as [MediaKind, ...MediaKind[]];

/** Stands for a file that is not stored yet, between the engine and the row. */
export const UNSTORED_MEDIA = '00000000-0000-0000-0000-000000000000';

export const hasMedia = (content: { kind: string }): content is MediaContent => 'mediaId' in content;
