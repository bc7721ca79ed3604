import { z } from 'zod';
import { pageQuery } from './page.js';
import { networkSchema } from './account.js';
import { personSchema } from './person.js';

const instant = z.iso.datetime({ offset: true });
export const PARTICIPANT_ROLES = ['member', 'admin', 'superadmin'] as const;
export const participantRoleSchema = z.enum(PARTICIPANT_ROLES);

/** One group of a network, seen by one or more accounts. */
export const groupSchema = z.object({
  id: z.uuid(),
  network: networkSchema,
  waId: z.string(),
  subject: z.string(),
  description: z.string().nullable(),
  addressing: z.enum(['pn', 'lid']),
  announcement: z.boolean(),
  locked: z.boolean(),
  participantCount: z.int(),
  accounts: z.array(z.object({ accountId: z.uuid(), role: participantRoleSchema.nullable() })),
  updatedAt: instant,
});
export type Group = z.infer<typeof groupSchema>;

export const groupListQuery = pageQuery.extend({
  accountId: z.uuid().optional(),
  search: z.string().trim().max(100).optional(),
});

export const participantSchema = personSchema.extend({
  role: participantRoleSchema,
});
export type Participant = z.infer<typeof participantSchema>;
