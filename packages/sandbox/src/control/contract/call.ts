import { z } from 'zod';
import { userId } from './ids.js';

/**
 * A call to somebody: it rings until it is declined, or ended by the caller (`callId` with `end`).
 * @example { "to": "9990100000001", "video": false }
 */
export const call = z.object({
  to: userId,
  video: z.boolean().default(false),
  end: z.string().optional(),
});
export type MakeCall = z.output<typeof call>;
export const called = z.object({ callId: z.string() });

/** The calls of a person, as far as they were answered: by whom, and how. */
export const answered = z.array(z.object({ callId: z.string(), by: userId, how: z.string() }));
export type Answered = z.infer<typeof answered>;
