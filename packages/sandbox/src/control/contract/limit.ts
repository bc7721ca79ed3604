import { z } from 'zod';

/**
 * WhatsApp tells the companions of a number of a limit: `time-lock` (it may not write first, 463) or `new-chats` (the number
 * of new chats is used up, 475), for so long; `seconds` null: it is over. What is refused meanwhile is a fault's business.
 * @example { "kind": "time-lock", "seconds": 3600 }
 */
export const tellLimit = z.object({
  kind: z.enum(['time-lock', 'new-chats']),
  seconds: z.number().int().min(1).max(31_536_000).nullable(),
});
export type TellLimit = z.infer<typeof tellLimit>;
