import type { Role } from '@trunkline/contracts';

/** Who asks, and which accounts they may see. Every read of a repository takes one. */
export interface Ctx {
  actor: { kind: 'user' | 'key' | 'system'; id: string; name: string };
  role: Role;
  accounts: 'all' | readonly string[];
}

export const mayAccess = (ctx: Ctx, accountId: string): boolean =>
  ctx.accounts === 'all' || ctx.accounts.includes(accountId);

/** The product itself, for what no person asked for. */
export const systemCtx = (name: string): Ctx => ({
  actor: { kind: 'system', id: name, name },
  role: 'owner',
  accounts: 'all',
});
