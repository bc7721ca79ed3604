import type { Channel, Page, PageQuery, Post, postListQuery } from '@trunkline/contracts';
import type { z } from 'zod';
import type { Clock } from '../../../clock/clock.js';
import type { Store } from '../../../database/database.js';
import { ProblemError } from '../../../errors/problem.js';
import type { Ctx } from '../../auth/ctx.js';
import { listChannels, listPosts, seesChannel } from './post.repository.js';

type Query = z.infer<typeof postListQuery>;

/** Statuses and channels, as the accounts of `ctx` see them. */
export class PostService {
  constructor(
    private readonly store: Pick<Store, 'pool'>,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  statuses(ctx: Ctx, query: Query): Promise<Page<Post>> {
    return listPosts(this.store.pool, ctx, query, this.clock.now());
  }

  channels(ctx: Ctx, query: Query): Promise<Page<Channel>> {
    return listChannels(this.store.pool, ctx, query);
  }

  async inChannel(ctx: Ctx, channelId: string, query: PageQuery): Promise<Page<Post>> {
    if (!(await seesChannel(this.store.pool, ctx, channelId)))
      throw new ProblemError('not_found', 'There is no such channel.');
    return listPosts(this.store.pool, ctx, { ...query, channelId }, this.clock.now());
  }
}
