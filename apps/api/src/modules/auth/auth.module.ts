import { Module } from '@nestjs/common';
import { API_SETTINGS, type ApiSettings } from '../../api.settings.js';
import type { Clock } from '../../clock/clock.js';
import type { Store } from '../../database/database.js';
import { Door } from '../../http/door.js';
import { RateLimits } from '../../http/rate.limit.js';
import { CLOCK, STORE } from '../../tokens.js';
import { Vault } from '../whatsapp/sessions/vault.js';
import { type Auth, AUTH, createAuth } from './auth.library.js';
import { Callers } from './callers.js';
import { CredentialEndings } from './credential.endings.js';
import { KeyController } from './key.controller.js';
import { KeyRepository } from './key.repository.js';
import { KeyService } from './key.service.js';
import { MeController } from './me.controller.js';
import { OwnerRepository } from './owner.repository.js';
import { SessionController } from './session.controller.js';
import { SessionRepository } from './session.repository.js';
import { SessionService } from './session.service.js';
import { SetupController } from './setup.controller.js';
import { SetupService } from './setup.service.js';

const repositories = [KeyRepository, OwnerRepository, SessionRepository].map((repository) => ({
  provide: repository,
  inject: [STORE],
  useFactory: ({ db }: Store) => new repository(db),
}));

/** Who comes in, and as whom. */
@Module({
  controllers: [SessionController, SetupController, MeController, KeyController],
  providers: [
    ...repositories,
    CredentialEndings,
    { provide: RateLimits, inject: [CLOCK], useFactory: (clock: Clock) => new RateLimits(() => clock.monotonic()) },
    {
      provide: AUTH,
      inject: [STORE, API_SETTINGS, Vault, CredentialEndings],
      useFactory: ({ db }: Store, settings: ApiSettings, vault: Vault, endings: CredentialEndings) =>
        createAuth(db, settings, vault, endings),
    },
    {
      provide: KeyService,
      inject: [KeyRepository, CredentialEndings, CLOCK],
      useFactory: (keys: KeyRepository, endings: CredentialEndings, clock: Clock) =>
        new KeyService(keys, endings, clock),
    },
    {
      provide: SetupService,
      inject: [OwnerRepository, AUTH, CLOCK],
      useFactory: (owners: OwnerRepository, auth: Auth, clock: Clock) => new SetupService(owners, auth, clock),
    },
    {
      provide: SessionService,
      inject: [AUTH, RateLimits],
      useFactory: (auth: Auth, limits: RateLimits) => new SessionService(auth, limits),
    },
    {
      provide: Callers,
      inject: [AUTH, KeyService, KeyRepository, SessionRepository, CLOCK],
      useFactory: (...[auth, keys, keyRows, sessionRows, clock]: ConstructorParameters<typeof Callers>) =>
        new Callers(auth, keys, keyRows, sessionRows, clock),
    },
    {
      provide: Door,
      inject: [Callers, RateLimits, API_SETTINGS],
      useFactory: (callers: Callers, limits: RateLimits, settings: ApiSettings) => new Door(callers, limits, settings),
    },
  ],
  exports: [Callers, CredentialEndings, Door, KeyService, RateLimits, SetupService],
})
export class AuthModule {}
