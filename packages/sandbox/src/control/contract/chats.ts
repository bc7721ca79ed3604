import { z } from 'zod';
import { groupId, userId } from './ids.js';

/**
 * What somebody does with a chat on the phone: what is left out stays. `mutedUntil`: milliseconds since 1970, -1 for ever,
 * null: not muted. `chat` is a number, a LID or a group id; only people are blocked.
 * @example { "chat": "9990123456789", "archived": true }
 */
export const markChat = z.object({
  chat: z.union([userId, groupId]),
  archived: z.boolean().optional(),
  pinned: z.boolean().optional(),
  mutedUntil: z.number().int().min(-1).nullable().optional(),
  markedUnread: z.boolean().optional(),
  blocked: z.boolean().optional(),
});
export type MarkChat = z.infer<typeof markChat>;

/** @example { "messageId": "3EB0C7…", "starred": true } */
export const starMessage = z.object({ messageId: z.string(), starred: z.boolean() });
export type StarMessage = z.infer<typeof starMessage>;

/** The chats of a phone that differ from others, and the ids of messages with a star: as the phone shows them. */
export const phoneChats = z.object({
  chats: z.array(markChat.required()),
  starred: z.array(z.string()),
});
export type PhoneChats = z.infer<typeof phoneChats>;
export type ChatMarks = PhoneChats['chats'][number];
