import { z } from 'zod';
import { pageQuery } from './page.js';
import { networkSchema } from './account.js';
import { messageSchema } from './message.js';

const instant = z.iso.datetime({ offset: true });

/** A mute without an end, in milliseconds since 1970 (the last moment of the year 9999). */
export const MUTED_FOR_EVER = 253_402_300_799_000;
/** What WhatsApp's own clients offer; any other time is taken by none of them. */
export const DISAPPEARING_SECONDS = [86_400, 604_800, 7_776_000] as const;

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
  archived: z.boolean(),
  pinnedAt: instant.nullable(),
  /** `MUTED_FOR_EVER` stands for no end. */
  mutedUntil: instant.nullable(),
  /** Marked by hand, here or on the phone; over when the chat is read. */
  markedUnread: z.boolean(),
  /** The phone has no older messages of it than are here. False: it may have. */
  historyComplete: z.boolean(),
  /** The account has blocked this person: nothing passes either way. */
  blocked: z.boolean(),
});
export type Chat = z.infer<typeof chatSchema>;

export const chatListQuery = pageQuery.extend({
  accountId: z.uuid().optional(),
  search: z.string().trim().max(100).optional(),
  /** Left out: both. */
  archived: z.stringbool().optional(),
});

/** What a person does with a chat: at least one of these. It is so on the phone, too. */
export const chatChangeSchema = z
  .object({
    archived: z.boolean(),
    pinned: z.boolean(),
    mutedUntil: instant.nullable(),
    markedUnread: z.boolean(),
    blocked: z.boolean(),
    disappearingSeconds: z.literal(DISAPPEARING_SECONDS).nullable(),
  })
  .partial()
  .refine((change) => Object.keys(change).length > 0, 'Say what is to change.');
export type ChatChange = z.infer<typeof chatChangeSchema>;
