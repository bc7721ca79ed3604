import { z } from 'zod';

/**
 * Why a whole session was put away: the first three are snapshots of one that lives on. The others were its end here:
 * kept for 30 days, then pruned. `replaced`: a person chose another state; `invalid`: it could not be used.
 */
export const GENERATION_CAUSES = [
  'linked',
  'daily',
  'upgrade',
  'reset',
  'logged_out',
  'unlinked',
  'invalid',
  'deleted',
  'replaced',
] as const;
export type GenerationCause = (typeof GENERATION_CAUSES)[number];

/** A saved state of an account's session. Its keys never leave the server. */
export const generationSchema = z.object({
  id: z.uuid(),
  /** Counts up for each account. */
  number: z.int(),
  cause: z.enum(GENERATION_CAUSES),
  /** Its device was unlinked after it: it can be tried, and WhatsApp will most likely refuse it. */
  ended: z.boolean(),
  records: z.int(),
  createdAt: z.iso.datetime({ offset: true }),
  /** When it is pruned; null while it is one of the newest snapshots. */
  expiresAt: z.iso.datetime({ offset: true }).nullable(),
});
export type Generation = z.infer<typeof generationSchema>;

/** Newest first. */
export const generationListSchema = z.object({ items: z.array(generationSchema) });
