import { z } from 'zod';

/** A message stands at the top of its chat for everybody, for so long; or not any more. Read only. */
export const pinContentSchema = z.object({
  kind: z.literal('pin'),
  targetWaId: z.string(),
  pinned: z.boolean(),
  seconds: z.int().min(0),
});

/** A message of a chat with disappearing messages is kept for everybody; or not any more. Read only. */
export const keepContentSchema = z.object({ kind: z.literal('keep'), targetWaId: z.string(), kept: z.boolean() });
