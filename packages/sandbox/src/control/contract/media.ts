import { z } from 'zod';
import { groupId, userId } from './ids.js';

/**
 * A file to send: `data` in base64, that many times over (for a big one). `claimSha256` (hex) is what the message says
 * about it instead of the truth. `waveform`: 64 numbers from 0 to 100, of a voice note.
 * @example { "to": "9990100000001", "kind": "image", "mime": "image/png", "data": "iVBORw0…", "caption": "look" }
 */
export const sendMedia = z.object({
  to: z.union([userId, groupId]),
  kind: z.enum(['image', 'video', 'gif', 'audio', 'voice', 'document', 'sticker']),
  mime: z.string().max(200),
  data: z.base64(),
  repeat: z.number().int().min(1).max(1_000_000).default(1),
  caption: z.string().max(65_536).optional(),
  fileName: z.string().max(1_000).optional(),
  width: z.number().int().min(0).optional(),
  height: z.number().int().min(0).optional(),
  seconds: z.number().int().min(0).optional(),
  waveform: z.array(z.number().int().min(0).max(255)).max(256).optional(),
  viewOnce: z.boolean().optional(),
  claimSha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
});
export type SendMedia = z.output<typeof sendMedia>;

/** Of what is posted for many, which names its readers itself. */
export const postedFile = sendMedia.omit({ to: true, viewOnce: true });
export type PostedFile = z.output<typeof postedFile>;

/** How many files the media hosts have lost: each is answered with 410 from now on. */
export const lost = z.object({ lost: z.number().int() });

/**
 * The file of a seen message, as it was after decryption. `problem`: it could not be had (`unknown`, `gone`), was not
 * the file that the message names, did not open under its key, or was not what the message says it is.
 */
export const seenMedia = z.object({
  mime: z.string(),
  size: z.number().int().nullable(),
  /** Hex. */
  sha256: z.string().nullable(),
  fileName: z.string().nullable(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  seconds: z.number().int().nullable(),
  waveform: z.array(z.number().int()).nullable(),
  hasThumbnail: z.boolean(),
  viewOnce: z.boolean(),
  problem: z.enum(['unknown', 'gone', 'wrong_file', 'wrong_key', 'wrong_hash', 'wrong_length']).nullable(),
});
export type SeenMedia = z.infer<typeof seenMedia>;
