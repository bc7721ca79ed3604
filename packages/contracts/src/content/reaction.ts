import { z } from 'zod';

/** An empty emoji takes the reaction back. */
const emoji = z.string().max(32);

export const reactionContentSchema = z.object({ kind: z.literal('reaction'), emoji, targetWaId: z.string() });

export const reactionSendSchema = z.object({ kind: z.literal('reaction'), emoji, messageId: z.uuid() });
