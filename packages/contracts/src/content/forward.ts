import { z } from 'zod';

/** Another message of the same account once more, of whatever kind; it is stored as what it says. */
export const forwardSendSchema = z.object({ kind: z.literal('forward'), messageId: z.uuid() });
