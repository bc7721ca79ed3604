import { z } from 'zod';

export const GONE_REASONS = ['deleted', 'expired', 'removed'] as const;

/** What it said is not here any more: deleted for everyone, disappeared in time, or removed here by age. */
export const goneContentSchema = z.object({ kind: z.literal('gone'), why: z.enum(GONE_REASONS) });
