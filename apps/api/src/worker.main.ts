import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { pino } from 'pino';
import { systemClock } from './clock/clock.js';
import { readAssignment } from './config/assignment.ts';
import { readEnvironment } from './config/environment.ts';
import { BY_INDEX, openDatabase } from './database/database.js';
import { Listener } from './modules/cluster/listener.repository.js';
import { Notifier } from './modules/cluster/notifier.repository.js';
import { Worker } from './modules/cluster/worker.js';
import {
  createBaileysEngine,
  inspectCreds,
  trustSandboxRoot,
} from './modules/whatsapp/engines/baileys/baileys.engine.js';
import type { Endpoint } from './modules/whatsapp/engines/engine.js';
import { ClientVersions } from './modules/whatsapp/engines/version/client.versions.js';
import { readVersionPage, versionPageOf } from './modules/whatsapp/engines/version/version.page.js';
import { MediaLibrary } from './modules/whatsapp/media/files/library.js';
import { openMediaDesk } from './modules/whatsapp/media/media.desk.js';
import { openPreviews } from './modules/whatsapp/previews/preview.maker.js';
import { mediaSettings } from './modules/whatsapp/media/media.settings.js';
import { KeyWatch } from './modules/whatsapp/sessions/keys/key.watch.js';
import { openVault } from './modules/whatsapp/sessions/vault.opening.js';
import { startOrReport } from './processes/child/supervisor-link.ts';

/** A database that does not answer is tried again on another connection; nothing here takes nearly as long. */
const STATEMENT_TIMEOUT_MS = 30_000;
/** A renewal that takes longer is tried again on another connection, well before the lease runs out. */
const PULSE_TIMEOUT_MS = 3_000;

/**
 * A worker: runs the sessions of one network. The trusted root is of the whole process: only a worker of the sandbox
 * network trusts the sandbox's, and one of the network `whatsapp` never hears of it.
 */
export async function runWorker(): Promise<void> {
  await startOrReport(start);
}

async function start(): Promise<void> {
  const environment = readEnvironment();
  const { databaseUrl, sandbox, worker } = readAssignment();
  if (!worker) throw new Error('A worker is started by the supervisor, which gives it a name.');
  const log = pino({ level: environment.LOG_LEVEL, base: { role: 'worker', network: worker.network } });
  containFaults(log);

  const endpoint: Endpoint = {};
  if (worker.network === 'sandbox') {
    if (!sandbox) throw new Error('The sandbox is off, and this worker is of its network.');
    trustSandboxRoot(sandbox.rootKey);
    endpoint.url = sandbox.url;
    if (sandbox.media) endpoint.mediaCa = readFileSync(sandbox.media.caFile, 'utf8');
  }
  const store = openDatabase(databaseUrl, 8, STATEMENT_TIMEOUT_MS, BY_INDEX);
  const pulse = openDatabase(databaseUrl, 1, PULSE_TIMEOUT_MS);
  const source = { keys: environment.TRUNKLINE_VAULT_KEY, dataDir: environment.DATA_DIR };
  const vault = await openVault(store, source, new Date());
  const listener = new Listener(databaseUrl, systemClock);
  await listener.start();
  const notifier = new Notifier(store.pool);
  // What the library calls an error is often how the protocol goes, as the restart after linking: what it means for an
  // account is told by its events.
  const engine = createBaileysEngine({ log: (said, sentence) => log.debug({ library: 'baileys', said }, sentence) });
  const versions = new ClientVersions({
    network: worker.network,
    setting: environment.WA_VERSION?.join('.'),
    builtIn: engine.version,
    readPage: (line) => readVersionPage(versionPageOf(endpoint.url), line),
    store,
    clock: systemClock,
    log,
  });
  const running = new Worker({
    identity: { ...worker, host: hostname(), pid: process.pid },
    store,
    pulse,
    listener,
    notifier,
    vault,
    media: openMediaDesk(new MediaLibrary(store, mediaSettings(environment))),
    previews: openPreviews(environment.LINK_PREVIEW_ALLOW),
    engine,
    inspect: inspectCreds,
    endpoint,
    versions,
    clock: systemClock,
    log,
    workers: environment.WORKERS,
  });
  const keys = new KeyWatch({
    vault,
    source,
    store,
    listener,
    clock: systemClock,
    log,
    name: `worker of ${worker.network}, process ${process.pid} on ${hostname()}`,
    drained: () => running.drained(),
  });
  process.once('SIGTERM', () => {
    void running
      .stop()
      .then(() => keys.stop())
      .then(() => Promise.all([listener.stop(), store.pool.end(), pulse.pool.end()]))
      .catch((error) => log.error({ error }, 'the worker did not end cleanly'))
      .finally(() => process.exit());
  });
  await keys.start();
  await running.start();
}

/** A fault in one session must not end the others: it is logged, and that session's own watch finds it dead. */
function containFaults(log: pino.Logger): void {
  process.on('unhandledRejection', (error) => log.error({ error }, 'an error that nobody handled'));
}
