import { z } from 'zod';
import { groupId, timestamp, userId } from './ids.js';

/**
 * `to` is a number, a LID or a group id. `quote` is the id of a message that this one replies to.
 * @example { "to": "9990100000001", "text": "hello" }
 */
export const write = z.object({
  to: z.union([userId, groupId]),
  text: z.string().min(1).max(65_536),
  quote: z.string().optional(),
});
export type Write = z.infer<typeof write>;

/** @example { "id": "3EB0C7…", "at": 1795540000000 } */
export const written = z.object({ id: z.string(), at: timestamp });
export type Written = z.infer<typeof written>;

/** An empty `emoji` takes the reaction back. @example { "messageId": "3EB0C7…", "emoji": "👍" } */
export const react = z.object({ messageId: z.string(), emoji: z.string().max(32) });
export type React = z.infer<typeof react>;

/** Without `messageIds` everything that was seen and not yet read. @example { "messageIds": ["3EB0C7…"] } */
export const read = z.object({ messageIds: z.array(z.string()).optional() });
export type Read = z.infer<typeof read>;
