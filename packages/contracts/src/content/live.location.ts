import { z } from 'zod';

/** Where somebody is while they share it, as of the last word; read only. Where they move, the one message says so. */
export const liveLocationContentSchema = z.object({
  kind: z.literal('live_location'),
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  accuracyMetres: z.number().optional(),
  caption: z.string().optional(),
  /** Seconds since the sharing began, when this position was taken; left out: it is the first. */
  movedAfterSeconds: z.int().min(0).optional(),
});
