import { Module } from '@nestjs/common';
import type { Store } from '../../database/database.js';
import { STORE } from '../../tokens.js';
import { MetricsController } from './metrics.controller.js';
import { MetricsService } from './metrics.service.js';

@Module({
  controllers: [MetricsController],
  providers: [{ provide: MetricsService, inject: [STORE], useFactory: ({ pool }: Store) => new MetricsService(pool) }],
})
export class MetricsModule {}
