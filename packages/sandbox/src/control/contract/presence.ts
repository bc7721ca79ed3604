import { z } from 'zod';
import { groupId, timestamp, userId } from './ids.js';

/** Typing and the like, to the other side of a chat. @example { "to": "9990100000001", "doing": "typing" } */
export const show = z.object({ to: z.union([userId, groupId]), doing: z.enum(['typing', 'recording', 'paused']) });
export type Show = z.infer<typeof show>;

/** Whether those who asked see this person as online. */
export const appear = z.object({ online: z.boolean() });
export type Appear = z.infer<typeof appear>;

/** What a person saw another do in a chat, the latest last; at most the last 100, and gone with the process. */
export const shown = z.array(
  z.object({ from: userId, chat: z.union([userId, groupId]), doing: show.shape.doing, at: timestamp }),
);
export type Shown = z.infer<typeof shown>;
