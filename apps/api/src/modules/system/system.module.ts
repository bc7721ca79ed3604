import { type DynamicModule, Module } from '@nestjs/common';
import { API_SETTINGS, type ApiSettings } from '../../api.settings.js';
import type { Clock } from '../../clock/clock.js';
import type { Store } from '../../database/database.js';
import { CLOCK, STORE } from '../../tokens.js';
import { AuthModule } from '../auth/auth.module.js';
import { Notifier } from '../cluster/notifier.repository.js';
import { VaultKeyService } from '../whatsapp/sessions/keys/key.service.js';
import { SystemController } from './system.controller.js';
import { TestClockController } from './test.clock.controller.js';
import { VaultKeyController } from './vault.key.controller.js';

@Module({})
export class SystemModule {
  static on({ testClock }: { testClock: boolean }): DynamicModule {
    const always = [SystemController, VaultKeyController];
    const controllers = testClock ? [...always, TestClockController] : always;
    return { module: SystemModule, imports: [AuthModule], controllers, providers: [key] };
  }
}

const key = {
  provide: VaultKeyService,
  inject: [STORE, Notifier, CLOCK, API_SETTINGS],
  useFactory: (store: Store, notifier: Notifier, clock: Clock, { keyFile }: ApiSettings) =>
    new VaultKeyService(store, notifier, clock, keyFile),
};
