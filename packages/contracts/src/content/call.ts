import { z } from 'zod';

export const CALL_OUTCOMES = ['ringing', 'missed', 'rejected', 'answered_elsewhere'] as const;

/** Somebody called. Nobody can answer here; the phone rings too. */
export const callContentSchema = z.object({
  kind: z.literal('call'),
  video: z.boolean(),
  outcome: z.enum(CALL_OUTCOMES),
});
