import { z } from 'zod';

/** By which proxy an account goes; both null: straight to the network. */
export const accountProxySchema = z.object({
  proxyId: z.uuid().nullable(),
  /** The pool that it was taken from. */
  poolId: z.uuid().nullable(),
});
export type AccountProxy = z.infer<typeof accountProxySchema>;

/** `proxyId`: this one; `poolId`: the one of the pool that the fewest accounts use; neither: none. */
export const accountProxyPutSchema = z
  .object({ proxyId: z.uuid().nullable().default(null), poolId: z.uuid().nullable().default(null) })
  .refine(({ proxyId, poolId }) => proxyId === null || poolId === null, {
    message: 'Choose a proxy or a pool, not both.',
    path: ['poolId'],
  });
export type AccountProxyPut = z.input<typeof accountProxyPutSchema>;
