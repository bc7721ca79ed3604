import { type DynamicModule, Global, Module } from '@nestjs/common';
import type { Logger } from 'pino';
import { API_SETTINGS, type ApiSettings } from './api.settings.js';
import type { Clock } from './clock/clock.js';
import type { Store } from './database/database.js';
import { AuthModule } from './modules/auth/auth.module.js';
import { Listener } from './modules/cluster/listener.repository.js';
import { Notifier } from './modules/cluster/notifier.repository.js';
import { HealthModule } from './modules/health/health.module.js';
import { MetricsModule } from './modules/metrics/metrics.module.js';
import { SystemModule } from './modules/system/system.module.js';
import { MediaLibrary } from './modules/whatsapp/media/files/library.js';
import { Vault } from './modules/whatsapp/sessions/vault.js';
import { WhatsappModule } from './modules/whatsapp/whatsapp.module.js';
import { CLOCK, LOG, STORE } from './tokens.js';

/** What the process gives its parts; `api.main.ts` opens and closes it. */
export interface Ground {
  settings: ApiSettings;
  store: Store;
  vault: Vault;
  library: MediaLibrary;
  listener: Listener;
  notifier: Notifier;
  clock: Clock;
  log: Logger;
}

@Global()
@Module({})
export class AppModule {
  static on({ settings, store, vault, library, listener, notifier, clock, log }: Ground): DynamicModule {
    const ground = [
      { provide: API_SETTINGS, useValue: settings },
      { provide: STORE, useValue: store },
      { provide: Vault, useValue: vault },
      { provide: MediaLibrary, useValue: library },
      { provide: Listener, useValue: listener },
      { provide: Notifier, useValue: notifier },
      { provide: CLOCK, useValue: clock },
      { provide: LOG, useValue: log },
    ];
    return {
      module: AppModule,
      imports: [AuthModule, SystemModule.on(settings), HealthModule, MetricsModule, WhatsappModule],
      providers: ground,
      exports: ground.map(({ provide }) => provide),
    };
  }
}
