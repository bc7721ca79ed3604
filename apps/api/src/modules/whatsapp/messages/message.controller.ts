import { Body, Controller, Get, Headers, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import {
  IDEMPOTENCY_KEY,
  type Message,
  memberReceiptSchema,
  memberReceiptsQuery,
  type MessageChange,
  messageChangeSchema,
  messageListQuery,
  messageSearchQuery,
  messageSchema,
  type MessageSend,
  messageSendSchema,
  pageOf,
  type PageQuery,
} from '@trunkline/contracts';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { ProblemError } from '../../../errors/problem.js';
import { Asker } from '../../../http/asker.js';
import { type ById, byId } from '../../../http/by.id.js';
import { Verb } from '../../../openapi/verb.js';
import type { Ctx } from '../../auth/ctx.js';
import { MessageService } from './message.service.js';
import { StarService } from './star.service.js';

@Controller('whatsapp/messages')
export class MessageController {
  constructor(
    private readonly messages: MessageService,
    private readonly stars: StarService,
  ) {}

  @Post()
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'Kept for 7 days, per caller and account. The same key and body again give the same message.',
    schema: { type: 'string', minLength: 1, maxLength: 200 },
  })
  @Verb({
    summary: 'Accept a message for sending',
    description: 'Answered when it is stored, not when it is sent: `message.status` events tell the rest.',
    status: 202,
    answer: messageSchema,
    headers: {
      'Idempotent-Replayed': {
        description: '`true` when the key was known, and this is its message.',
        schema: { type: 'string' },
      },
    },
    errors: ['not_found', 'account_not_linked', 'idempotency_conflict', 'recipient_invalid', 'queue_full'],
  })
  async send(
    @Asker() ctx: Ctx,
    @Body({ schema: messageSendSchema }) body: MessageSend,
    @Headers('idempotency-key') header: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Message> {
    const { message, replayed } = await this.messages.send(ctx, body, readKey(header));
    if (replayed) void reply.header('idempotent-replayed', 'true');
    return message;
  }

  @Get()
  @Verb({ summary: 'Messages of a chat, newest first', answer: pageOf(messageSchema), errors: ['not_found'] })
  list(@Asker() ctx: Ctx, @Query({ schema: messageListQuery }) query: z.infer<typeof messageListQuery>) {
    return this.messages.list(ctx, query);
  }

  @Get('search')
  @Verb({ summary: 'Messages with these words, newest first', answer: pageOf(messageSchema) })
  search(@Asker() ctx: Ctx, @Query({ schema: messageSearchQuery }) query: z.infer<typeof messageSearchQuery>) {
    return this.messages.search(ctx, query);
  }

  @Get(':id')
  @Verb({ summary: 'One message', answer: messageSchema, errors: ['not_found'] })
  read(@Asker() ctx: Ctx, @Param({ schema: byId }) { id }: ById): Promise<Message> {
    return this.messages.read(ctx, id);
  }

  @Patch(':id')
  @Verb({
    summary: 'Give a message a star, or take it back',
    description: 'It is so on the account’s phone, too. Answered when WhatsApp has it; the account must be connected.',
    answer: messageSchema,
    errors: ['not_found', 'conflict', 'timed_out'],
  })
  change(
    @Asker() ctx: Ctx,
    @Param({ schema: byId }) { id }: ById,
    @Body({ schema: messageChangeSchema }) { starred }: MessageChange,
  ): Promise<Message> {
    return this.stars.set(ctx, id, starred);
  }

  @Get(':id/receipts')
  @Verb({
    summary: 'How far a message came, by member',
    description: 'In a group every member but the account itself; in a chat with a person that person.',
    answer: pageOf(memberReceiptSchema),
    errors: ['not_found'],
  })
  receipts(
    @Asker() ctx: Ctx,
    @Param({ schema: byId }) { id }: ById,
    @Query({ schema: memberReceiptsQuery }) query: PageQuery,
  ) {
    return this.messages.receipts(ctx, id, query);
  }
}

function readKey(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  const key = IDEMPOTENCY_KEY.safeParse(header);
  if (key.success) return key.data;
  const message = 'Idempotency-Key has 1 to 200 characters.';
  throw new ProblemError('validation_failed', message, [{ field: 'Idempotency-Key', message }]);
}
