import { z } from 'zod';
import { waveformSchema } from './content/media.js';

/**
 * `pending`: comes by itself. `downloading`: is on its way. `ready`: can be had. `remote`: is at WhatsApp, and comes when
 * a person asks for it. `gone`: WhatsApp has it no more and the phone was asked for it, or has none, or it was removed here
 * when its time was over. `failed`: was not what it should be.
 */
export const MEDIA_STATES = ['pending', 'downloading', 'ready', 'remote', 'gone', 'failed'] as const;
export const mediaStateSchema = z.enum(MEDIA_STATES);
export type MediaState = z.infer<typeof mediaStateSchema>;

/** A file, sent or received. What is known before it was fetched is the sender's word, `mime` and `size` among it. */
export const mediaSchema = z.object({
  id: z.uuid(),
  accountId: z.uuid(),
  state: mediaStateSchema,
  /** Why it is gone or failed, in one sentence. */
  problem: z.string().nullable(),
  /** By content once it is ready. */
  mime: z.string(),
  /** Bytes. */
  size: z.int().nullable(),
  /** Of the file, in hex; null until it is ready. */
  sha256: z.string().nullable(),
  fileName: z.string().nullable(),
  width: z.int().nullable(),
  height: z.int().nullable(),
  seconds: z.number().nullable(),
  waveform: waveformSchema.nullable(),
  /** A small JPEG as a data URL, to be drawn while there is no file. */
  thumbnail: z.string().nullable(),
});
export type Media = z.infer<typeof mediaSchema>;

export const mediaUploadQuery = z.object({ accountId: z.uuid() });

/** An address that opens a file without a session or a key, until it runs out. */
export const mediaLinkSchema = z.object({ url: z.string(), expiresAt: z.iso.datetime({ offset: true }) });
export type MediaLink = z.infer<typeof mediaLinkSchema>;

export const mediaLinkCreateSchema = z.object({
  /** From a minute to a day. */
  seconds: z.int().min(60).max(86_400).default(900),
});
export type MediaLinkCreate = z.input<typeof mediaLinkCreateSchema>;

/** `download` asks for the file as an attachment. */
export const mediaFileQuery = z.object({ download: z.enum(['1']).optional() });
export type MediaFileQuery = z.infer<typeof mediaFileQuery>;

/** What a signed link carries. */
export const mediaSharedQuery = mediaFileQuery.extend({
  expires: z.coerce.number().int(),
  signature: z.string().max(100),
});
export type MediaSharedQuery = z.infer<typeof mediaSharedQuery>;
