import { z } from 'zod';

/** Somebody on WhatsApp, by all that is known of them: the number, the LID and the name may come late, or never. */
export const personSchema = z.object({
  personId: z.uuid(),
  phoneNumber: z.string().nullable(),
  lid: z.string().nullable(),
  name: z.string().nullable(),
});
