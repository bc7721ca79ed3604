import { Controller, Get, Res } from '@nestjs/common';
import { type Ready, readySchema } from '@trunkline/contracts';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Verb } from '../../openapi/verb.js';
import { HealthService } from './health.service.js';

@Controller('health')
export class HealthController {
  constructor(private readonly health: HealthService) {}

  @Get('live')
  @Verb({ summary: 'The process serves', answer: z.object({ live: z.literal(true) }) })
  live() {
    return { live: true };
  }

  @Get('ready')
  @Verb({
    summary: 'Each part, and what is wrong with it',
    description: '503 with the same body when one is not well.',
    answer: readySchema,
  })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Ready> {
    const ready = await this.health.ready();
    if (!ready.ready) void reply.status(503);
    return ready;
  }
}
