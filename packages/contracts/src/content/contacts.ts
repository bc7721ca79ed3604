import { z } from 'zod';

export const contactCardSchema = z.object({
  name: z.string().min(1).max(200),
  organisation: z.string().max(200).optional(),
  /** As they stand on the card. */
  phones: z.array(z.string().min(1).max(60)).max(20),
  emails: z.array(z.string().min(1).max(254)).max(20).optional(),
});
export type ContactCard = z.infer<typeof contactCardSchema>;

/** One or more contact cards. */
export const contactsContentSchema = z.object({
  kind: z.literal('contacts'),
  contacts: z.array(contactCardSchema).min(1).max(100),
});
