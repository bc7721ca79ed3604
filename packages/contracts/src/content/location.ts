import { z } from 'zod';

/** A place. `latitude` and `longitude` in degrees. */
export const locationContentSchema = z.object({
  kind: z.literal('location'),
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  name: z.string().max(1_000).optional(),
  address: z.string().max(1_000).optional(),
});
