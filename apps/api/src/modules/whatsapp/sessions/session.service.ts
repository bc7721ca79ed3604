import type { Account, Generation } from '@trunkline/contracts';
import type { Store } from '../../../database/database.js';
import { ProblemError } from '../../../errors/problem.js';
import type { Ctx } from '../../auth/ctx.js';
import type { Commands } from '../../cluster/commands/commands.js';
import type { AccountService } from '../accounts/account.service.js';
import { listGenerations } from './generation.repository.js';

/** Saved states of an account's session, as people see and choose them. */
export class SessionService {
  constructor(
    private readonly store: Store,
    private readonly accounts: AccountService,
    private readonly commands: Commands,
  ) {}

  /** Newest first. */
  async generations(ctx: Ctx, accountId: string): Promise<{ items: Generation[] }> {
    await this.accounts.read(ctx, accountId);
    return { items: await listGenerations(this.store.pool, ctx, accountId) };
  }

  /** The present session is put aside, and the account logs in with the chosen one. */
  async restore(ctx: Ctx, accountId: string, generationId: string): Promise<Account> {
    const { items } = await this.generations(ctx, accountId);
    if (!items.some(({ id }) => id === generationId))
      throw new ProblemError('not_found', 'There is no such saved state.');
    await this.commands.ask(accountId, 'restore-session', { generationId });
    return this.accounts.read(ctx, accountId);
  }
}
