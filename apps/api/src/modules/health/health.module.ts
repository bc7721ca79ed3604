import { Module } from '@nestjs/common';
import { API_SETTINGS, type ApiSettings } from '../../api.settings.js';
import type { Store } from '../../database/database.js';
import { STORE } from '../../tokens.js';
import { HealthController } from './health.controller.js';
import { HealthRepository } from './health.repository.js';
import { HealthService } from './health.service.js';

@Module({
  controllers: [HealthController],
  providers: [
    {
      provide: HealthService,
      inject: [STORE, API_SETTINGS],
      useFactory: ({ pool }: Store, { pagesUrl, sandboxControl }: ApiSettings) =>
        new HealthService({
          repository: new HealthRepository(pool),
          reach: async (url) => void (await fetch(url, { signal: AbortSignal.timeout(2_000), redirect: 'manual' })),
          pagesUrl,
          sandboxUrl: sandboxControl?.url,
        }),
    },
  ],
})
export class HealthModule {}
