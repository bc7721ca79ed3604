import type { Server } from 'node:http';
import { hostname } from 'node:os';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import type { ApiSettings } from './api.settings.js';
import { createApp } from './app.create.js';
import { hasTestClock } from './clock/test-clock.js';
import { systemClock } from './clock/clock.js';
import { readAssignment } from './config/assignment.ts';
import { programVersion } from './config/program-version.js';
import { readEnvironment } from './config/environment.ts';
import { ownAddress } from './config/own-address.ts';
import { BY_INDEX, openDatabase } from './database/database.js';
import { KeyService } from './modules/auth/key.service.js';
import { SetupService } from './modules/auth/setup.service.js';
import { Commands } from './modules/cluster/commands/commands.js';
import { Listener } from './modules/cluster/listener.repository.js';
import { Notifier } from './modules/cluster/notifier.repository.js';
import { startUpkeep } from './modules/cluster/upkeep.js';
import { startNumberer } from './modules/whatsapp/events/numberer.js';
import { HealthCheck } from './modules/whatsapp/health/health.check.js';
import { snapshotBeforeUpgrade } from './modules/whatsapp/sessions/snapshots.js';
import { MediaLibrary } from './modules/whatsapp/media/files/library.js';
import { mediaSettings } from './modules/whatsapp/media/media.settings.js';
import { keyFile } from './modules/whatsapp/sessions/keys/key.file.js';
import { KeyWatch } from './modules/whatsapp/sessions/keys/key.watch.js';
import { openVault } from './modules/whatsapp/sessions/vault.opening.js';
import { WhatsappGateway } from './modules/whatsapp/whatsapp.gateway.js';
import { reportSetupLink, startOrReport } from './processes/child/supervisor-link.ts';

/** The api: every request of every person and program, the live gateway, the numberer. No engine runs here. */
export async function runApi(): Promise<void> {
  await startOrReport(start);
}

async function start(): Promise<void> {
  const environment = readEnvironment();
  const settings = readApiSettings();
  const log = pino({ level: settings.logLevel, base: { role: 'api' } });
  const store = openDatabase(settings.databaseUrl, 12);
  const source = { keys: environment.TRUNKLINE_VAULT_KEY, dataDir: environment.DATA_DIR };
  const vault = await openVault(store, source, systemClock.now());
  const listener = new Listener(settings.databaseUrl, systemClock);
  await listener.start();
  const name = `api, process ${process.pid} on ${hostname()}`;
  const keys = new KeyWatch({ vault, source, store, listener, clock: systemClock, log, name });
  await keys.start();
  const copied = await snapshotBeforeUpgrade(store, vault, settings.version, systemClock.now());
  if (copied > 0) log.info(`${copied} sessions were copied before version ${settings.version} runs them`);
  const notifier = new Notifier(store.pool);
  const library = new MediaLibrary(store, mediaSettings(environment));
  const numbering = openDatabase(settings.databaseUrl, 2, undefined, BY_INDEX);
  const numberer = startNumberer({ store: numbering, listener, notifier, clock: systemClock });
  const health = new HealthCheck(store, notifier);
  const upkeep = startUpkeep({ store, vault, notifier, library, health, clock: systemClock, log });
  const app = await createApp({ settings, store, vault, library, listener, notifier, clock: systemClock, log });
  const gateway = app.get(WhatsappGateway);
  await gateway.attach(app.getHttpServer() as Server);
  await welcome(app, settings);
  await app.listen(settings.port, settings.host);
  process.once('SIGTERM', () => {
    const stop = async () => {
      app.get(Commands).stop();
      await gateway.stop();
      await app.close();
      await Promise.all([numberer.stop(), upkeep.stop(), keys.stop(), listener.stop()]);
      await Promise.all([numbering.pool.end(), store.pool.end()]);
    };
    void stop()
      .catch((error) => log.error({ error }, 'the api did not end cleanly'))
      .finally(() => process.exit());
  });
}

/** How the first person, and the first program, come in. */
async function welcome(app: NestFastifyApplication, settings: ApiSettings): Promise<void> {
  const setup = app.get(SetupService);
  if (settings.firstOwner) await setup.ensureOwner(settings.firstOwner.email, settings.firstOwner.password);
  if (settings.firstKey) await app.get(KeyService).ensureFirst(settings.firstKey);
  const token = await setup.issueToken(settings.setupToken);
  if (token) reportSetupLink(`${ownAddress(settings)}/setup?token=${token}`);
}

function readApiSettings(): ApiSettings {
  const environment = readEnvironment();
  const { databaseUrl, pagesUrl, sandbox, setupToken } = readAssignment();
  const { TRUNKLINE_ADMIN_EMAIL: email, TRUNKLINE_ADMIN_PASSWORD: password } = environment;
  return {
    version: programVersion,
    host: environment.HOST,
    port: environment.PORT,
    publicUrl: environment.PUBLIC_URL,
    trustProxy: environment.TRUST_PROXY,
    databaseUrl,
    pagesUrl,
    development: process.env.NODE_ENV === 'development',
    ...(!environment.TRUNKLINE_VAULT_KEY && { keyFile: keyFile({ dataDir: environment.DATA_DIR }) }),
    sandbox: environment.SANDBOX,
    mediaMaxBytes: environment.MEDIA_MAX_MB * 1024 * 1024,
    sandboxUrl: sandbox?.url,
    sandboxControl: sandbox?.control && sandbox.token ? { url: sandbox.control, token: sandbox.token } : undefined,
    waVersion: environment.WA_VERSION?.join('.'),
    testClock: hasTestClock(),
    logLevel: environment.LOG_LEVEL,
    firstOwner: email && password ? { email, password } : undefined,
    setupToken,
    firstKey: environment.TRUNKLINE_API_KEY,
  };
}
