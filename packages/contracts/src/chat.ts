import { z } from 'zod';
import { pageQuery } from './page.js';
import { networkSchema } from './account.js';
import { messageSchema } from './message.js';

const instant = z.iso.datetime({ offset: true });

/** A conversation of one account with a person or a group. Number and LID of one person are one chat. */
export const chatSchema = z.object({
  id: z.uuid(),
  accountId: z.uuid(),
  network: networkSchema,
  kind: z.enum(['person', 'group']),
  personId: z.uuid().nullable(),
  groupId: z.uuid().nullable(),
  title: z.string(),
  phoneNumber: z.string().nullable(),
  lid: z.string().nullable(),
  unread: z.int().min(0),
  lastMessage: messageSchema.nullable(),
  lastActivityAt: instant.nullable(),
  /** How long a message lives here before it disappears; null: it stays. */
  disappearingSeconds: z.int().nullable(),
});
export type Chat = z.infer<typeof chatSchema>;

export const chatListQuery = pageQuery.extend({
  accountId: z.uuid().optional(),
  search: z.string().trim().max(100).optional(),
});
