import { z } from 'zod';

/** Deleted for everyone: by its author, or in a group by an admin. */
export const deleteContentSchema = z.object({ kind: z.literal('delete'), targetWaId: z.string() });

export const deleteSendSchema = z.object({ kind: z.literal('delete'), messageId: z.uuid() });
