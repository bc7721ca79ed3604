import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import {
  type BatchCancelled,
  batchCancelledSchema,
  type BatchState,
  batchStateSchema,
  type Message,
  type MessageBatch,
  messageBatchSchema,
  type MessageBatchSend,
  messageBatchSendSchema,
  messageSchema,
  type Queue,
  queueSchema,
} from '@trunkline/contracts';
import type { FastifyReply } from 'fastify';
import { Asker } from '../../../../http/asker.js';
import { type ById, byId } from '../../../../http/by.id.js';
import { Verb } from '../../../../openapi/verb.js';
import type { Ctx } from '../../../auth/ctx.js';
import { MessageService } from '../message.service.js';
import { OutboxService } from './outbox.service.js';

@Controller('whatsapp')
export class OutboxController {
  constructor(
    private readonly messages: MessageService,
    private readonly outbox: OutboxService,
  ) {}

  @Post('messages/batch')
  @Verb({
    summary: 'Accept up to 1,000 messages for sending',
    description:
      'Each is accepted or refused by itself, with an idempotency key of its own; `items` has the order of the request. ' +
      'After a time-out ask again with the same keys.',
    status: 202,
    answer: messageBatchSchema,
  })
  sendBatch(
    @Asker() ctx: Ctx,
    @Body({ schema: messageBatchSendSchema }) body: MessageBatchSend,
  ): Promise<MessageBatch> {
    return this.messages.sendBatch(ctx, body);
  }

  @Get('messages/batches/:id')
  @Verb({ summary: 'How far a batch has come', answer: batchStateSchema, errors: ['not_found'] })
  readBatch(@Asker() ctx: Ctx, @Param({ schema: byId }) { id }: ById): Promise<BatchState> {
    return this.outbox.readBatch(ctx, id);
  }

  @Post('messages/batches/:id/cancel')
  @Verb({
    summary: 'Take back what waits of a batch',
    description: 'What has begun to leave is not taken back; `cancelled` says how many were.',
    answer: batchCancelledSchema,
    errors: ['not_found', 'timed_out'],
  })
  cancelBatch(@Asker() ctx: Ctx, @Param({ schema: byId }) { id }: ById): Promise<BatchCancelled> {
    return this.outbox.cancelBatch(ctx, id);
  }

  @Post('messages/:id/cancel')
  @Verb({
    summary: 'Take a queued message back',
    description: 'It is then certain that it was not sent and never will be. Safe to repeat.',
    answer: messageSchema,
    errors: ['not_found', 'message_not_cancellable', 'timed_out'],
  })
  cancel(@Asker() ctx: Ctx, @Param({ schema: byId }) { id }: ById): Promise<Message> {
    return this.outbox.cancel(ctx, id);
  }

  @Post('messages/:id/retry')
  @Verb({
    summary: 'Send a failed, expired or cancelled message again',
    description: 'As a new message, whose `retryOf` names the old one. Asked again, the same new message is answered.',
    status: 202,
    answer: messageSchema,
    headers: {
      'Idempotent-Replayed': {
        description: '`true` when it was sent again before, and this is that message.',
        schema: { type: 'string' },
      },
    },
    errors: ['not_found', 'message_not_retryable', 'account_not_linked', 'queue_full'],
  })
  async retry(
    @Asker() ctx: Ctx,
    @Param({ schema: byId }) { id }: ById,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Message> {
    const { message, replayed } = await this.outbox.retry(ctx, id);
    if (replayed) void reply.header('idempotent-replayed', 'true');
    return message;
  }

  @Get('accounts/:id/queue')
  @Verb({ summary: 'What an account has yet to send, and why it waits', answer: queueSchema, errors: ['not_found'] })
  queue(@Asker() ctx: Ctx, @Param({ schema: byId }) { id }: ById): Promise<Queue> {
    return this.outbox.queue(ctx, id);
  }
}
