import { Controller, Get } from '@nestjs/common';
import {
  type HealthReport,
  healthReportSchema,
  type RestoreProgress,
  restoreProgressSchema,
} from '@trunkline/contracts';
import { Asker } from '../../../http/asker.js';
import { Verb } from '../../../openapi/verb.js';
import type { Ctx } from '../../auth/ctx.js';
import { HealthReportService } from './health.report.service.js';

@Controller('whatsapp/health')
export class HealthReportController {
  constructor(private readonly reports: HealthReportService) {}

  @Get()
  @Verb({
    summary: 'Accounts and errors at a glance, and what the last health check found',
    description: 'The check runs every five minutes; what it finds is mended, and is an event (`health.finding`).',
    answer: healthReportSchema,
  })
  read(@Asker() ctx: Ctx): Promise<HealthReport> {
    return this.reports.read(ctx);
  }

  @Get('restore')
  @Verb({
    summary: 'How far accounts have come back after a start',
    description: 'Told live as the ephemeral event `progress`.',
    answer: restoreProgressSchema,
  })
  restore(@Asker() ctx: Ctx): Promise<RestoreProgress> {
    return this.reports.restore(ctx);
  }
}
