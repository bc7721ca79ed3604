import { z } from 'zod';

/** The one parameter of most routes. */
export const byId = z.object({ id: z.uuid() });
export type ById = z.infer<typeof byId>;
