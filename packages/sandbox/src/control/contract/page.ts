import { z } from 'zod';
import { failure, seenMessage } from './seen.js';
import { sentMessage } from './sent.js';

/** Asks for items with `n > after`. With `waitMs` the answer waits until there is one, or the time is over. */
export const pageQuery = z.object({
  after: z.coerce.number().int().min(0).default(0),
  waitMs: z.coerce.number().int().min(0).max(60_000).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(500),
});
export type PageQuery = z.input<typeof pageQuery>;

/** `next` is the `after` of the next call. */
export const seenPage = z.object({ items: z.array(seenMessage), next: z.number().int() });
export type SeenPage = z.infer<typeof seenPage>;
export const sentPage = z.object({ items: z.array(sentMessage), next: z.number().int() });
export const failurePage = z.object({ items: z.array(failure), next: z.number().int() });
export type FailurePage = z.infer<typeof failurePage>;
export type SentPage = z.infer<typeof sentPage>;
