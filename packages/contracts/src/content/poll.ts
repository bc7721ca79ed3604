import { z } from 'zod';

const option = z.string().trim().min(1).max(100);

/** `selectable`: how many options one person may choose; 0 is as many as they like. */
export const pollContentSchema = z.object({
  kind: z.literal('poll'),
  question: z.string().min(1).max(255),
  options: z.array(option).min(1).max(12),
  selectable: z.int().min(0).max(12),
});

export const pollSendSchema = pollContentSchema
  .extend({
    options: z.array(option).min(2, 'Give at least two options.').max(12),
    selectable: z.int().min(0).max(12).default(1),
  })
  .refine(({ options }) => new Set(options).size === options.length, {
    path: ['options'],
    message: 'Each option may stand there once.',
  });
