import { Body, Controller, Delete, Get, Param, Patch, Post } from '@nestjs/common';
import { type ProxyPoolCreate, proxyPoolCreateSchema, proxyPoolSchema } from '@trunkline/contracts';
import { z } from 'zod';
import { type ById, byId } from '../../../http/by.id.js';
import { Verb } from '../../../openapi/verb.js';
import { PoolService } from './pool.service.js';

@Controller('whatsapp/proxy-pools')
export class PoolController {
  constructor(private readonly pools: PoolService) {}

  @Get()
  @Verb({ summary: 'Pools of proxies, by name', answer: z.array(proxyPoolSchema) })
  list() {
    return this.pools.list();
  }

  @Post()
  @Verb({ summary: 'Add a pool', status: 201, answer: proxyPoolSchema, errors: ['conflict'] })
  create(@Body({ schema: proxyPoolCreateSchema }) body: ProxyPoolCreate) {
    return this.pools.create(body);
  }

  @Patch(':id')
  @Verb({ summary: 'Rename a pool', answer: proxyPoolSchema, errors: ['not_found', 'conflict'] })
  rename(@Param({ schema: byId }) { id }: ById, @Body({ schema: proxyPoolCreateSchema }) body: ProxyPoolCreate) {
    return this.pools.rename(id, body);
  }

  @Delete(':id')
  @Verb({
    summary: 'Delete a pool',
    description: 'Its proxies stay, in no pool; accounts keep the proxies that they were given.',
    errors: ['not_found'],
  })
  remove(@Param({ schema: byId }) { id }: ById): Promise<void> {
    return this.pools.remove(id);
  }
}
