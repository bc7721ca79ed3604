import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { type Messaging, messagingSchema } from '@trunkline/contracts';
import { Asker } from '../../../../http/asker.js';
import { type ById, byId } from '../../../../http/by.id.js';
import { Verb } from '../../../../openapi/verb.js';
import type { Ctx } from '../../../auth/ctx.js';
import { MessagingService } from './messaging.service.js';

@Controller('whatsapp/accounts/:id/messaging')
export class MessagingController {
  constructor(private readonly messaging: MessagingService) {}

  @Get()
  @Verb({ summary: 'How an account behaves towards people', answer: messagingSchema, errors: ['not_found'] })
  read(@Asker() ctx: Ctx, @Param({ schema: byId }) { id }: ById): Promise<Messaging> {
    return this.messaging.read(ctx, id);
  }

  @Put()
  @Verb({ summary: 'Change how an account behaves towards people', answer: messagingSchema, errors: ['not_found'] })
  change(
    @Asker() ctx: Ctx,
    @Param({ schema: byId }) { id }: ById,
    @Body({ schema: messagingSchema }) messaging: Messaging,
  ): Promise<Messaging> {
    return this.messaging.change(ctx, id, messaging);
  }
}
