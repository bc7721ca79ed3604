import { z } from 'zod';

/** What it said is not here any more: deleted for everyone, or disappeared in time. */
export const goneContentSchema = z.object({ kind: z.literal('gone'), why: z.enum(['deleted', 'expired']) });
