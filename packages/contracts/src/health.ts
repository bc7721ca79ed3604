import { z } from 'zod';

export const HEALTH_PARTS = ['database', 'numberer', 'workers', 'sandbox', 'pages'] as const;
export const readySchema = z.object({
  ready: z.boolean(),
  parts: z.array(z.object({ part: z.enum(HEALTH_PARTS), ok: z.boolean(), message: z.string().nullable() })),
});
export type Ready = z.infer<typeof readySchema>;
