import { Controller, Get, Inject, Req } from '@nestjs/common';
import { type System, systemSchema } from '@trunkline/contracts';
import type { FastifyRequest } from 'fastify';
import { API_SETTINGS, type ApiSettings } from '../../api.settings.js';
import { Verb } from '../../openapi/verb.js';
import { SetupService } from '../auth/setup.service.js';

@Controller('system')
export class SystemController {
  constructor(
    @Inject(API_SETTINGS) private readonly settings: ApiSettings,
    private readonly setup: SetupService,
  ) {}

  @Get()
  @Verb({ summary: 'What this installation is', answer: systemSchema })
  async read(@Req() request: FastifyRequest): Promise<System> {
    return {
      version: request.caller ? this.settings.version : null,
      networks: { whatsapp: true, sandbox: this.settings.sandbox },
      mediaMaxBytes: this.settings.mediaMaxBytes,
      setupNeeded: await this.setup.needed(),
    };
  }
}
