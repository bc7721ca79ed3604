import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import {
  type Chat,
  type ChatChange,
  chatChangeSchema,
  chatListQuery,
  chatSchema,
  type ChatShow,
  chatShowSchema,
  pageOf,
} from '@trunkline/contracts';
import type { z } from 'zod';
import { Asker } from '../../../http/asker.js';
import { type ById, byId } from '../../../http/by.id.js';
import { Verb } from '../../../openapi/verb.js';
import type { Ctx } from '../../auth/ctx.js';
import { ChatService } from './chat.service.js';

@Controller('whatsapp/chats')
export class ChatController {
  constructor(private readonly chats: ChatService) {}

  @Get()
  @Verb({ summary: 'Chats: those that are pinned, then the last active first', answer: pageOf(chatSchema) })
  list(@Asker() ctx: Ctx, @Query({ schema: chatListQuery }) query: z.infer<typeof chatListQuery>) {
    return this.chats.list(ctx, query);
  }

  @Patch(':id')
  @Verb({
    summary: 'Archive, pin, mute, mark as unread or block a chat, or set its disappearing messages',
    description:
      'It is so on the account’s phone, too. Answered when WhatsApp has it; the account must be connected. `mutedUntil` of ' +
      '9999-12-31T23:59:59Z mutes for ever.',
    answer: chatSchema,
    errors: ['not_found', 'conflict', 'recipient_invalid', 'timed_out'],
  })
  change(
    @Asker() ctx: Ctx,
    @Param({ schema: byId }) { id }: ById,
    @Body({ schema: chatChangeSchema }) change: ChatChange,
  ): Promise<Chat> {
    return this.chats.change(ctx, id, change);
  }

  @Post(':id/read')
  @Verb({
    summary: 'Mark a chat as read',
    description: 'People see that their messages were read only when the account’s setting `readReceipts` says so.',
    answer: chatSchema,
    errors: ['not_found'],
  })
  read(@Asker() ctx: Ctx, @Param({ schema: byId }) { id }: ById): Promise<Chat> {
    return this.chats.markRead(ctx, id);
  }

  @Post(':id/older')
  @Verb({
    summary: 'Ask the phone for older messages of a chat',
    description:
      'Answered when the phone was asked. What it sends is stored quietly, in its place, and `chat.history` tells that it ' +
      'came. A phone that is off answers when it is on again.',
    errors: ['not_found', 'conflict', 'timed_out'],
  })
  older(@Asker() ctx: Ctx, @Param({ schema: byId }) { id }: ById): Promise<void> {
    return this.chats.older(ctx, id);
  }

  @Post(':id/show')
  @Verb({
    summary: 'Show people “typing…” in a chat, for some seconds',
    errors: ['not_found', 'conflict', 'timed_out'],
  })
  show(
    @Asker() ctx: Ctx,
    @Param({ schema: byId }) { id }: ById,
    @Body({ schema: chatShowSchema }) { doing }: ChatShow,
  ) {
    return this.chats.show(ctx, id, doing);
  }

  @Post(':id/watch')
  @Verb({
    summary: 'Be told whether the person of a chat is online',
    description: 'Told as `presence` on the socket until the account’s connection ends; nothing of it is kept.',
    errors: ['not_found', 'conflict', 'timed_out'],
  })
  watch(@Asker() ctx: Ctx, @Param({ schema: byId }) { id }: ById) {
    return this.chats.watch(ctx, id);
  }
}
