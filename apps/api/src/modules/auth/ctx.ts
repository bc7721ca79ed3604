import type { Role } from '@trunkline/contracts';
import { ProblemError } from '../../errors/problem.js';

/** Who asks, and which accounts they may see. Every read of a repository takes one (`ctx.reads.spec.ts`). */
export interface Ctx {
  actor: { kind: 'user' | 'key' | 'system'; id: string; name: string };
  role: Role;
  accounts: 'all' | readonly string[];
}

export const mayAccess = (ctx: Ctx, accountId: string): boolean =>
  ctx.accounts === 'all' || ctx.accounts.includes(accountId);

/** Throws what an unknown account is answered with, where this one may not be seen. */
export function demandAccount(ctx: Ctx, accountId: string): void {
  if (!mayAccess(ctx, accountId)) throw new ProblemError('not_found', 'There is no such account.');
}

/** For `$1::uuid[] is null or account_id = any($1)`: null is all of them. */
export const allowedAccounts = (ctx: Ctx): readonly string[] | null => (ctx.accounts === 'all' ? null : ctx.accounts);

/** The product itself, for what no person asked for. */
export const systemCtx = (name: string): Ctx => ({
  actor: { kind: 'system', id: name, name },
  role: 'owner',
  accounts: 'all',
});
