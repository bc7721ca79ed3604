import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { type Chat, chatListQuery, chatSchema, pageOf } from '@trunkline/contracts';
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
  @Verb({ summary: 'Chats, the last active first', answer: pageOf(chatSchema) })
  list(@Asker() ctx: Ctx, @Query({ schema: chatListQuery }) query: z.infer<typeof chatListQuery>) {
    return this.chats.list(ctx, query);
  }

  @Post(':id/read')
  @Verb({ summary: 'Mark a chat as read here; WhatsApp is not told', answer: chatSchema, errors: ['not_found'] })
  read(@Asker() ctx: Ctx, @Param({ schema: byId }) { id }: ById): Promise<Chat> {
    return this.chats.markRead(ctx, id);
  }
}
