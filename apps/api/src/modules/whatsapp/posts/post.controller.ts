import { Controller, Get, Param, Query } from '@nestjs/common';
import { channelSchema, pageOf, type PageQuery, pageQuery, postListQuery, postSchema } from '@trunkline/contracts';
import type { z } from 'zod';
import { Asker } from '../../../http/asker.js';
import { type ById, byId } from '../../../http/by.id.js';
import { Verb } from '../../../openapi/verb.js';
import type { Ctx } from '../../auth/ctx.js';
import { PostService } from './post.service.js';

@Controller('whatsapp')
export class PostController {
  constructor(private readonly posts: PostService) {}

  @Get('status')
  @Verb({
    summary: 'Statuses that people posted in the last day, the newest first',
    description: 'They are part of no chat, and what is asked here tells nobody that they were seen.',
    answer: pageOf(postSchema),
  })
  statuses(@Asker() ctx: Ctx, @Query({ schema: postListQuery }) query: z.infer<typeof postListQuery>) {
    return this.posts.statuses(ctx, query);
  }

  @Get('channels')
  @Verb({ summary: 'Channels that the accounts follow, in which something was posted', answer: pageOf(channelSchema) })
  channels(@Asker() ctx: Ctx, @Query({ schema: postListQuery }) query: z.infer<typeof postListQuery>) {
    return this.posts.channels(ctx, query);
  }

  @Get('channels/:id/posts')
  @Verb({
    summary: 'What was posted in a channel in the last 30 days, the newest first',
    answer: pageOf(postSchema),
    errors: ['not_found'],
  })
  inChannel(@Asker() ctx: Ctx, @Param({ schema: byId }) { id }: ById, @Query({ schema: pageQuery }) query: PageQuery) {
    return this.posts.inChannel(ctx, id, query);
  }
}
