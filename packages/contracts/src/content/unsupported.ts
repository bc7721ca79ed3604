import { z } from 'zod';

/** Kept raw, never dropped; `type` is the field name WhatsApp uses for it. */
export const unsupportedContentSchema = z.object({ kind: z.literal('unsupported'), type: z.string() });
