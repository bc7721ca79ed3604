import { z } from 'zod';
import { linkPreviewSchema } from './link.preview.js';

/** WhatsApp takes no longer one. */
export const TEXT_MAX = 65_536;

/**
 * A person named in a text, as `@` and the digits of the number or the LID stand in it. Number, LID, `name` and `me` (the
 * account itself) are what is known when it is read; a name or a number that nobody has told stays null.
 */
export const mentionSchema = z.object({
  phoneNumber: z.string().nullable(),
  lid: z.string().nullable(),
  name: z.string().nullable().optional(),
  me: z.boolean().optional(),
});
export type Mention = z.infer<typeof mentionSchema>;

/** `*bold*`, `_italic_`, `~struck~` and a code span in backticks are WhatsApp's own marks, and stay in the text. */
export const textContentSchema = z.object({
  kind: z.literal('text'),
  text: z.string(),
  mentions: z.array(mentionSchema).optional(),
  /** Null: it is being made, and the message waits for it. */
  preview: linkPreviewSchema.nullable().optional(),
});

export const textSendSchema = z.object({
  kind: z.literal('text'),
  text: z.string().min(1, 'Write a text.').max(TEXT_MAX),
  /** Phone numbers or LIDs; each stands in the text as `@` and its digits. */
  mentions: z.array(z.string().trim().min(1).max(100)).max(256).optional(),
  /** Whether our server fetches the page behind the first link and shows what it is; left out: as the account is set. */
  linkPreview: z.boolean().optional(),
});
