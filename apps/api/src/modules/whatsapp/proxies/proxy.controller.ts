import { Body, Controller, Delete, Get, Param, Patch, Post } from '@nestjs/common';
import {
  type ProxyCreate,
  proxyCreateSchema,
  type ProxyPatch,
  proxyPatchSchema,
  proxySchema,
  type ProxyTestRequest,
  proxyTestRequestSchema,
  proxyTestSchema,
} from '@trunkline/contracts';
import { z } from 'zod';
import { Asker } from '../../../http/asker.js';
import { type ById, byId } from '../../../http/by.id.js';
import { Verb } from '../../../openapi/verb.js';
import type { Ctx } from '../../auth/ctx.js';
import { ProxyService } from './proxy.service.js';

@Controller('whatsapp/proxies')
export class ProxyController {
  constructor(private readonly proxies: ProxyService) {}

  @Get()
  @Verb({ summary: 'Proxies, by name', answer: z.array(proxySchema) })
  list(@Asker() ctx: Ctx) {
    return this.proxies.list(ctx);
  }

  @Post()
  @Verb({
    summary: 'Add a proxy',
    description: 'HTTP CONNECT or SOCKS5. User name and password are stored sealed, and never told again.',
    status: 201,
    answer: proxySchema,
    errors: ['conflict', 'not_found'],
  })
  create(@Asker() ctx: Ctx, @Body({ schema: proxyCreateSchema }) body: ProxyCreate) {
    return this.proxies.create(ctx, body);
  }

  @Patch(':id')
  @Verb({
    summary: 'Change a proxy',
    description: 'Accounts that go by it connect anew.',
    answer: proxySchema,
    errors: ['not_found', 'conflict'],
  })
  patch(
    @Asker() ctx: Ctx,
    @Param({ schema: byId }) { id }: ById,
    @Body({ schema: proxyPatchSchema }) body: ProxyPatch,
  ) {
    return this.proxies.patch(ctx, id, body);
  }

  @Delete(':id')
  @Verb({ summary: 'Delete a proxy that no account goes by', errors: ['not_found', 'conflict'] })
  remove(@Param({ schema: byId }) { id }: ById): Promise<void> {
    return this.proxies.remove(id);
  }

  @Post(':id/test')
  @Verb({
    summary: 'Try to reach a network through it',
    description: 'Opens a tunnel to the network’s server and closes it again. A proxy that fails is an answer, too.',
    answer: proxyTestSchema,
    errors: ['not_found'],
  })
  test(
    @Asker() ctx: Ctx,
    @Param({ schema: byId }) { id }: ById,
    @Body({ schema: proxyTestRequestSchema }) { network }: ProxyTestRequest,
  ) {
    return this.proxies.test(ctx, id, network);
  }
}
