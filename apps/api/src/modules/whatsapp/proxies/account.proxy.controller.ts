import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { type AccountProxy, accountProxyPutSchema, accountProxySchema } from '@trunkline/contracts';
import type { z } from 'zod';
import { Asker } from '../../../http/asker.js';
import { type ById, byId } from '../../../http/by.id.js';
import { Verb } from '../../../openapi/verb.js';
import type { Ctx } from '../../auth/ctx.js';
import { ProxyService } from './proxy.service.js';

@Controller('whatsapp/accounts/:id/proxy')
export class AccountProxyController {
  constructor(private readonly proxies: ProxyService) {}

  @Get()
  @Verb({ summary: 'By which proxy an account goes', answer: accountProxySchema, errors: ['not_found'] })
  read(@Asker() ctx: Ctx, @Param({ schema: byId }) { id }: ById): Promise<AccountProxy> {
    return this.proxies.ofAccount(ctx, id);
  }

  @Put()
  @Verb({
    summary: 'Give an account a proxy, one of a pool, or none',
    description:
      'It connects anew, by that proxy alone: when the proxy fails, the account waits with the reason `proxy` and never ' +
      'goes straight. Of a pool it is given the one that the fewest accounts use, and keeps it.',
    answer: accountProxySchema,
    errors: ['not_found', 'conflict', 'timed_out'],
  })
  assign(
    @Asker() ctx: Ctx,
    @Param({ schema: byId }) { id }: ById,
    @Body({ schema: accountProxyPutSchema }) body: z.output<typeof accountProxyPutSchema>,
  ): Promise<AccountProxy> {
    return this.proxies.assign(ctx, id, body);
  }
}
