import { z } from 'zod';

const instant = z.iso.datetime({ offset: true });

/** Something that takes place, told in a chat. Who comes is said by answers to it. */
export const eventContentSchema = z.object({
  kind: z.literal('event'),
  name: z.string(),
  description: z.string().optional(),
  place: z.string().optional(),
  startsAt: instant.nullable(),
  endsAt: instant.nullable(),
  cancelled: z.boolean(),
});

export const eventSendSchema = eventContentSchema
  .extend({
    name: z.string().trim().min(1).max(100),
    description: z.string().max(2_048).optional(),
    place: z.string().trim().min(1).max(1_000).optional(),
    startsAt: instant,
    endsAt: instant.nullable().default(null),
    cancelled: z.literal(false).default(false),
  })
  .refine(({ startsAt, endsAt }) => endsAt === null || Date.parse(endsAt) > Date.parse(startsAt), {
    path: ['endsAt'],
    message: 'It has to end after it begins.',
  });
