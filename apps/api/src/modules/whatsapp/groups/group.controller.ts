import { Controller, Get, Param, Query } from '@nestjs/common';
import {
  groupListQuery,
  groupSchema,
  pageOf,
  type PageQuery,
  pageQuery,
  participantSchema,
} from '@trunkline/contracts';
import type { z } from 'zod';
import { Asker } from '../../../http/asker.js';
import { type ById, byId } from '../../../http/by.id.js';
import { Verb } from '../../../openapi/verb.js';
import type { Ctx } from '../../auth/ctx.js';
import { GroupService } from './group.service.js';

@Controller('whatsapp/groups')
export class GroupController {
  constructor(private readonly groups: GroupService) {}

  @Get()
  @Verb({ summary: 'Groups that the accounts are in', answer: pageOf(groupSchema) })
  list(@Asker() ctx: Ctx, @Query({ schema: groupListQuery }) query: z.infer<typeof groupListQuery>) {
    return this.groups.list(ctx, query);
  }

  @Get(':id/participants')
  @Verb({ summary: 'Members of a group', answer: pageOf(participantSchema), errors: ['not_found'] })
  participants(
    @Asker() ctx: Ctx,
    @Param({ schema: byId }) { id }: ById,
    @Query({ schema: pageQuery }) query: PageQuery,
  ) {
    return this.groups.participants(ctx, id, query);
  }
}
