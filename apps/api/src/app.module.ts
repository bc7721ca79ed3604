import { type DynamicModule, Global, Module } from '@nestjs/common';
import type { Logger } from 'pino';
import { API_SETTINGS, type ApiSettings } from './api.settings.js';
import type { Clock } from './clock/clock.js';
import type { Store } from './database/database.js';
import { AuthModule } from './modules/auth/auth.module.js';
import { HealthModule } from './modules/health/health.module.js';
import { SystemModule } from './modules/system/system.module.js';
import { CLOCK, LOG, STORE } from './tokens.js';

/** What the process gives its parts. */
export interface Ground {
  settings: ApiSettings;
  store: Store;
  clock: Clock;
  log: Logger;
}

@Global()
@Module({})
export class AppModule {
  static on({ settings, store, clock, log }: Ground): DynamicModule {
    const ground = [
      { provide: API_SETTINGS, useValue: settings },
      { provide: STORE, useValue: store },
      { provide: CLOCK, useValue: clock },
      { provide: LOG, useValue: log },
    ];
    return {
      module: AppModule,
      imports: [AuthModule, SystemModule, HealthModule],
      providers: ground,
      exports: ground.map(({ provide }) => provide),
    };
  }
}
