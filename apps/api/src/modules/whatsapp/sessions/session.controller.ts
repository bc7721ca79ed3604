import { Controller, Get, Param, Post } from '@nestjs/common';
import { accountSchema, generationListSchema } from '@trunkline/contracts';
import { z } from 'zod';
import { Asker } from '../../../http/asker.js';
import { type ById, byId } from '../../../http/by.id.js';
import { Verb } from '../../../openapi/verb.js';
import type { Ctx } from '../../auth/ctx.js';
import { SessionService } from './session.service.js';

const byGeneration = byId.extend({ generationId: z.uuid() });

@Controller('whatsapp/accounts/:id/generations')
export class SessionController {
  constructor(private readonly sessions: SessionService) {}

  @Get()
  @Verb({ summary: 'Saved states of its session, newest first', answer: generationListSchema, errors: ['not_found'] })
  generations(@Asker() ctx: Ctx, @Param({ schema: byId }) { id }: ById) {
    return this.sessions.generations(ctx, id);
  }

  @Post(':generationId/restore')
  @Verb({
    summary: 'Log in with this saved state instead of the present one',
    description:
      'The present session is put aside and kept for 30 days. Signal sessions and sender keys are made anew, so that no ' +
      'message counter is used twice.',
    answer: accountSchema,
    errors: ['not_found', 'conflict', 'session_invalid', 'timed_out'],
  })
  restore(@Asker() ctx: Ctx, @Param({ schema: byGeneration }) { id, generationId }: z.infer<typeof byGeneration>) {
    return this.sessions.restore(ctx, id, generationId);
  }
}
