import { Body, Controller, Post, Req, Res } from '@nestjs/common';
import { type Setup, setupSchema, sessionSchema } from '@trunkline/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { tooMany } from '../../http/door.js';
import { RATES, RateLimits } from '../../http/rate.limit.js';
import { Verb } from '../../openapi/verb.js';
import { SessionService } from './session.service.js';
import { SetupService } from './setup.service.js';

@Controller('setup')
export class SetupController {
  constructor(
    private readonly setup: SetupService,
    private readonly sessions: SessionService,
    private readonly limits: RateLimits,
  ) {}

  @Post()
  @Verb({
    summary: 'Make the owner, with the one-time link of the terminal',
    description: 'Signs the owner in: sets the session cookie.',
    status: 201,
    answer: sessionSchema.pick({ user: true }),
    errors: ['forbidden'],
  })
  async create(
    @Body({ schema: setupSchema }) body: Setup,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const standing = this.limits.take(RATES.setup, request.ip);
    if (!standing.allowed) throw tooMany(reply, standing);
    await this.setup.complete(body);
    const { id, name, email } = await this.sessions.signIn(body, request, reply);
    return { user: { id, name, email, role: 'owner' as const } };
  }
}
