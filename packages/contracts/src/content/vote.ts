import { z } from 'zod';

/** What one person chooses in a poll, instead of what they chose before; no option takes the vote back. */
export const voteContentSchema = z.object({
  kind: z.literal('vote'),
  targetWaId: z.string(),
  /** Null: encrypted for a poll that is not known here. */
  options: z.array(z.string()).nullable(),
});

export const voteSendSchema = z.object({
  kind: z.literal('vote'),
  messageId: z.uuid(),
  options: z.array(z.string().min(1).max(100)).max(12),
});
