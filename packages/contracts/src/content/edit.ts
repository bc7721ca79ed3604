import { z } from 'zod';
import { TEXT_MAX } from './text.js';

/** A new text, or a new caption, for a message of the same author; WhatsApp shows one made within 15 minutes. */
export const editContentSchema = z.object({ kind: z.literal('edit'), text: z.string(), targetWaId: z.string() });

export const editSendSchema = z.object({
  kind: z.literal('edit'),
  text: z.string().min(1, 'Write a text.').max(TEXT_MAX),
  messageId: z.uuid(),
});
