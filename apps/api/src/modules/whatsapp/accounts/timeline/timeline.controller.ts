import { Controller, Get, Param, Query } from '@nestjs/common';
import {
  type Diagnostics,
  diagnosticsSchema,
  type Page,
  pageOf,
  type TimelineEntry,
  timelineEntrySchema,
  timelineQuery,
} from '@trunkline/contracts';
import type { z } from 'zod';
import { Asker } from '../../../../http/asker.js';
import { type ById, byId } from '../../../../http/by.id.js';
import { Verb } from '../../../../openapi/verb.js';
import type { Ctx } from '../../../auth/ctx.js';
import { TimelineService } from './timeline.service.js';

@Controller('whatsapp/accounts')
export class TimelineController {
  constructor(private readonly timeline: TimelineService) {}

  @Get(':id/timeline')
  @Verb({
    summary: 'What happened to an account, newest first, in sentences',
    description:
      'Made from the event log; `code` names the event and the reason word. A page may hold less than `limit`.',
    answer: pageOf(timelineEntrySchema),
    errors: ['not_found'],
  })
  list(
    @Asker() ctx: Ctx,
    @Param({ schema: byId }) { id }: ById,
    @Query({ schema: timelineQuery }) query: z.infer<typeof timelineQuery>,
  ): Promise<Page<TimelineEntry>> {
    return this.timeline.list(ctx, id, query);
  }

  @Get(':id/diagnostics')
  @Verb({
    summary: 'A text about an account for a report, without secrets',
    description: 'No number, name, text or key of anybody is in it.',
    answer: diagnosticsSchema,
    errors: ['not_found'],
  })
  diagnostics(@Asker() ctx: Ctx, @Param({ schema: byId }) { id }: ById): Promise<Diagnostics> {
    return this.timeline.diagnostics(ctx, id);
  }
}
