import { Module, type Provider } from '@nestjs/common';
import type { Network } from '@trunkline/contracts';
import type { Logger } from 'pino';
import { API_SETTINGS, type ApiSettings } from '../../api.settings.js';
import type { Clock } from '../../clock/clock.js';
import type { Store } from '../../database/database.js';
import { RateLimits } from '../../http/rate.limit.js';
import { CLOCK, LOG, STORE } from '../../tokens.js';
import { AuthModule } from '../auth/auth.module.js';
import type { Ctx } from '../auth/ctx.js';
import { Callers } from '../auth/callers.js';
import { CredentialEndings } from '../auth/credential.endings.js';
import { Commands } from '../cluster/commands/commands.js';
import { Listener } from '../cluster/listener.repository.js';
import { Notifier } from '../cluster/notifier.repository.js';
import { GovernorController } from '../governor/governor.controller.js';
import { GovernorService } from '../governor/governor.service.js';
import { OptOutController } from '../governor/opt-outs/opt.out.controller.js';
import { OptOutService } from '../governor/opt-outs/opt.out.service.js';
import { AccountController } from './accounts/account.controller.js';
import { AccountService } from './accounts/account.service.js';
import { TimelineController } from './accounts/timeline/timeline.controller.js';
import { TimelineService } from './accounts/timeline/timeline.service.js';
import { MessagingController } from './accounts/messaging/messaging.controller.js';
import { MessagingService } from './accounts/messaging/messaging.service.js';
import { ChatController } from './chats/chat.controller.js';
import { ChatService } from './chats/chat.service.js';
import { EventController } from './events/event.controller.js';
import { EventReader } from './events/event.reader.repository.js';
import { Secrets } from './events/secrets.js';
import { EventFeed } from './gateway/event.feed.js';
import { GroupController } from './groups/group.controller.js';
import { GroupService } from './groups/group.service.js';
import { HealthReportController } from './health/health.report.controller.js';
import { HealthReportService } from './health/health.report.service.js';
import { MediaLibrary } from './media/files/library.js';
import { LinkSigner } from './media/link.signer.js';
import { MediaController } from './media/media.controller.js';
import { MediaService } from './media/media.service.js';
import { MessageController } from './messages/message.controller.js';
import { MessageService } from './messages/message.service.js';
import { StarService } from './messages/star.service.js';
import { OutboxController } from './messages/outbound/outbox.controller.js';
import { OutboxService } from './messages/outbound/outbox.service.js';
import { ImportController } from './sessions/import/import.controller.js';
import { ImportService } from './sessions/import/import.service.js';
import { SessionController } from './sessions/session.controller.js';
import { SessionService } from './sessions/session.service.js';
import { AccountProxyController } from './proxies/account.proxy.controller.js';
import { PoolController } from './proxies/pool.controller.js';
import { PoolService } from './proxies/pool.service.js';
import { ProxyController } from './proxies/proxy.controller.js';
import { ProfileController } from './profiles/profile.controller.js';
import { ProfileService } from './profiles/profile.service.js';
import { PostController } from './posts/post.controller.js';
import { PostService } from './posts/post.service.js';
import { ProxyService } from './proxies/proxy.service.js';
import { ProxyTester, WHATSAPP_ADDRESS } from './proxies/proxy.tester.js';
import { Vault } from './sessions/vault.js';
import { WhatsappGateway } from './whatsapp.gateway.js';

const services: Provider[] = [
  {
    provide: Commands,
    inject: [STORE, Notifier, Listener, CLOCK],
    useFactory: (store: Store, notifier: Notifier, listener: Listener, clock: Clock) =>
      new Commands(store, notifier, listener, clock),
  },
  {
    provide: Secrets,
    inject: [STORE, Vault, CLOCK],
    useFactory: ({ pool }: Store, vault: Vault, clock: Clock) => new Secrets(pool, vault, clock),
  },
  {
    provide: AccountService,
    inject: [STORE, Commands, Notifier, Secrets, CLOCK, API_SETTINGS],
    useFactory: (
      store: Store,
      commands: Commands,
      notifier: Notifier,
      secrets: Secrets,
      clock: Clock,
      { sandbox }: ApiSettings,
    ) => {
      const networks: Record<Network, boolean> = { whatsapp: true, sandbox };
      return new AccountService(store, commands, notifier, secrets, clock, networks);
    },
  },
  {
    provide: SessionService,
    inject: [STORE, AccountService, Commands],
    useFactory: (store: Store, accounts: AccountService, commands: Commands) =>
      new SessionService(store, accounts, commands),
  },
  {
    provide: ImportService,
    inject: [STORE, Vault, Notifier, CLOCK, API_SETTINGS],
    useFactory: (store: Store, vault: Vault, notifier: Notifier, clock: Clock, { sandbox }: ApiSettings) =>
      new ImportService({ store, vault, notifier, clock }, { whatsapp: true, sandbox }),
  },
  {
    provide: MessageService,
    inject: [STORE, CLOCK, Notifier],
    useFactory: (store: Store, clock: Clock, notifier: Notifier) => new MessageService(store, clock, notifier),
  },
  {
    provide: OutboxService,
    inject: [STORE, MessageService, Commands],
    useFactory: (store: Store, messages: MessageService, commands: Commands) =>
      new OutboxService(store, messages, commands),
  },
  {
    provide: MediaService,
    inject: [STORE, MediaLibrary, Vault, CLOCK, Notifier],
    useFactory: (store: Store, library: MediaLibrary, vault: Vault, clock: Clock, notifier: Notifier) =>
      new MediaService(store, library, new LinkSigner(vault), clock, notifier),
  },
  {
    provide: ProfileService,
    inject: [STORE, AccountService, MediaLibrary, Commands, Notifier, CLOCK],
    useFactory: (
      store: Store,
      accounts: AccountService,
      library: MediaLibrary,
      commands: Commands,
      notifier: Notifier,
      clock: Clock,
    ) => new ProfileService({ store, accounts, library, commands, notifier, clock }),
  },
  {
    provide: StarService,
    inject: [STORE, Commands],
    useFactory: (store: Store, commands: Commands) => new StarService(store, commands),
  },
  {
    provide: ChatService,
    inject: [STORE, CLOCK, Notifier, Commands],
    useFactory: (store: Store, clock: Clock, notifier: Notifier, commands: Commands) =>
      new ChatService(store, clock, notifier, commands),
  },
  {
    provide: MessagingService,
    inject: [STORE, CLOCK, Notifier],
    useFactory: (store: Store, clock: Clock, notifier: Notifier) => new MessagingService(store, clock, notifier),
  },
  {
    provide: GovernorService,
    inject: [STORE, CLOCK, Notifier],
    useFactory: (store: Store, clock: Clock, notifier: Notifier) => new GovernorService(store, clock, notifier),
  },
  {
    provide: OptOutService,
    inject: [STORE, CLOCK, Notifier],
    useFactory: (store: Store, clock: Clock, notifier: Notifier) => new OptOutService(store, clock, notifier),
  },
  {
    provide: PoolService,
    inject: [STORE, Notifier, CLOCK],
    useFactory: (store: Store, notifier: Notifier, clock: Clock) => new PoolService(store, notifier, clock),
  },
  {
    provide: ProxyService,
    inject: [STORE, Vault, Commands, Notifier, CLOCK, AccountService, API_SETTINGS],
    useFactory: (
      store: Store,
      vault: Vault,
      commands: Commands,
      notifier: Notifier,
      clock: Clock,
      accounts: AccountService,
      { sandboxUrl }: ApiSettings,
    ) => {
      const tester = new ProxyTester(vault, clock, { whatsapp: WHATSAPP_ADDRESS, sandbox: sandboxUrl });
      return new ProxyService({ store, vault, commands, notifier, clock, accounts, tester });
    },
  },
  { provide: GroupService, inject: [STORE], useFactory: (store: Store) => new GroupService(store) },
  {
    provide: PostService,
    inject: [STORE, CLOCK],
    useFactory: (store: Store, clock: Clock) => new PostService(store, clock),
  },
  { provide: EventReader, inject: [STORE], useFactory: ({ pool }: Store) => new EventReader(pool) },
  {
    provide: EventFeed,
    inject: [EventReader, Listener, CLOCK],
    useFactory: (reader: EventReader, listener: Listener, clock: Clock) => new EventFeed(reader, listener, clock),
  },
  {
    provide: TimelineService,
    inject: [STORE, CLOCK, API_SETTINGS],
    useFactory: (store: Store, clock: Clock, { version }: ApiSettings) => new TimelineService(store, clock, version),
  },
  {
    provide: HealthReportService,
    inject: [STORE, CLOCK, API_SETTINGS],
    useFactory: (store: Store, clock: Clock, { waVersion, sandbox }: ApiSettings) =>
      new HealthReportService(store, clock, waVersion, sandbox ? ['whatsapp', 'sandbox'] : ['whatsapp']),
  },
  {
    provide: WhatsappGateway,
    inject: [
      API_SETTINGS,
      Callers,
      RateLimits,
      CredentialEndings,
      EventFeed,
      EventReader,
      Secrets,
      HealthReportService,
      CLOCK,
      LOG,
      STORE,
      Listener,
    ],
    useFactory: (
      settings: ApiSettings,
      callers: Callers,
      limits: RateLimits,
      endings: CredentialEndings,
      feed: EventFeed,
      reader: EventReader,
      secrets: Secrets,
      health: HealthReportService,
      clock: Clock,
      log: Logger,
      { pool: sql }: Store,
      listener: Listener,
    ) => {
      const restore = (ctx: Ctx) => health.restore(ctx);
      const parts = { settings, callers, limits, endings, feed, reader, secrets, restore, clock, log };
      return new WhatsappGateway({ ...parts, sql, listener });
    },
  },
];

@Module({
  imports: [AuthModule],
  controllers: [
    ImportController,
    SessionController,
    AccountController,
    MessagingController,
    MessageController,
    OutboxController,
    ProfileController,
    MediaController,
    ChatController,
    GroupController,
    PostController,
    EventController,
    HealthReportController,
    GovernorController,
    OptOutController,
    TimelineController,
    AccountProxyController,
    PoolController,
    ProxyController,
  ],
  providers: services,
})
export class WhatsappModule {}
