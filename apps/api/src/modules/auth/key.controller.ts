import { Body, Controller, Delete, Get, Param, Post } from '@nestjs/common';
import {
  type ApiKey,
  type ApiKeyCreate,
  apiKeyCreatedSchema,
  apiKeyCreateSchema,
  apiKeySchema,
} from '@trunkline/contracts';
import { z } from 'zod';
import { Asker } from '../../http/asker.js';
import { type ById, byId } from '../../http/by.id.js';
import { Verb } from '../../openapi/verb.js';
import type { Ctx } from './ctx.js';
import { KeyService } from './key.service.js';

@Controller('keys')
export class KeyController {
  constructor(private readonly keys: KeyService) {}

  @Get()
  @Verb({ summary: 'Keys that open something', answer: z.array(apiKeySchema) })
  list(): Promise<ApiKey[]> {
    return this.keys.list();
  }

  @Post()
  @Verb({ summary: 'Make a key; it is shown this once', status: 201, answer: apiKeyCreatedSchema })
  create(@Asker() ctx: Ctx, @Body({ schema: apiKeyCreateSchema }) body: ApiKeyCreate) {
    return this.keys.create(ctx, body);
  }

  @Delete(':id')
  @Verb({ summary: 'Revoke a key, at once', errors: ['not_found'] })
  async revoke(@Param({ schema: byId }) { id }: ById): Promise<void> {
    await this.keys.revoke(id);
  }
}
