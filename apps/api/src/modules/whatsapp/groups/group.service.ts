import type { Group, Page, Participant } from '@trunkline/contracts';
import type { z } from 'zod';
import type { groupListQuery, PageQuery } from '@trunkline/contracts';
import { ProblemError } from '../../../errors/problem.js';
import type { Store } from '../../../database/database.js';
import type { Ctx } from '../../auth/ctx.js';
import { findGroup, listGroups, listParticipants } from './group.repository.js';

/** The groups that the accounts of `ctx` are in. */
export class GroupService {
  constructor(private readonly store: Pick<Store, 'pool'>) {}

  list(ctx: Ctx, query: z.infer<typeof groupListQuery>): Promise<Page<Group>> {
    return listGroups(this.store.pool, ctx, query);
  }

  async participants(ctx: Ctx, id: string, query: PageQuery): Promise<Page<Participant>> {
    if (!(await findGroup(this.store.pool, ctx, id))) throw new ProblemError('not_found', 'There is no such group.');
    return listParticipants(this.store.pool, ctx, id, query);
  }
}
