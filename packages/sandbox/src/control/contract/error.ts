import { z } from 'zod';

export const controlError = z.object({
  error: z.object({
    code: z.enum(['invalid', 'unauthorized', 'not_found', 'conflict', 'bug']),
    message: z.string(),
    details: z.unknown().optional(),
  }),
});
export type ControlErrorBody = z.infer<typeof controlError>;
