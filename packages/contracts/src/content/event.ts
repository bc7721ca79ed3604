import { z } from 'zod';

const instant = z.iso.datetime({ offset: true });

/** Something that takes place, told in a chat; read only. */
export const eventContentSchema = z.object({
  kind: z.literal('event'),
  name: z.string(),
  description: z.string().optional(),
  place: z.string().optional(),
  startsAt: instant.nullable(),
  endsAt: instant.nullable(),
  cancelled: z.boolean(),
});
