import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { budgetSchema, type GovernorChange, governorChangeSchema, governorSchema } from '@trunkline/contracts';
import { Asker } from '../../http/asker.js';
import { type ById, byId } from '../../http/by.id.js';
import { Verb } from '../../openapi/verb.js';
import type { Ctx } from '../auth/ctx.js';
import { GovernorService } from './governor.service.js';

@Controller('whatsapp/accounts/:id')
export class GovernorController {
  constructor(private readonly governor: GovernorService) {}

  @Get('budget')
  @Verb({
    summary: 'What the account may still send, what is kept back, and until when',
    description:
      'Counted over the last 24 hours. `lanes` tells of each kind of message how many wait, and what holds them.',
    answer: budgetSchema,
    errors: ['not_found'],
  })
  budget(@Asker() ctx: Ctx, @Param({ schema: byId }) { id }: ById) {
    return this.governor.budget(ctx, id);
  }

  @Get('governor')
  @Verb({
    summary: 'The limits of the account, and within which bounds they may be set',
    answer: governorSchema,
    errors: ['not_found'],
  })
  read(@Asker() ctx: Ctx, @Param({ schema: byId }) { id }: ById) {
    return this.governor.read(ctx, id);
  }

  @Put('governor')
  @Verb({
    summary: 'Set the limits of the account',
    description: 'What is left out of `settings` is as its profile says. In force at once.',
    answer: governorSchema,
    errors: ['not_found'],
  })
  change(
    @Asker() ctx: Ctx,
    @Param({ schema: byId }) { id }: ById,
    @Body({ schema: governorChangeSchema }) body: GovernorChange,
  ) {
    return this.governor.change(ctx, id, body);
  }
}
