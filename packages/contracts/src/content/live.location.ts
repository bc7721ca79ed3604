import { z } from 'zod';

/** Where somebody is while they share it; read only. Later positions come as messages of their own. */
export const liveLocationContentSchema = z.object({
  kind: z.literal('live_location'),
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  accuracyMetres: z.number().optional(),
  caption: z.string().optional(),
});
