import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Backoff } from '../backoff.ts';
import { endPostgres } from '../ending.ts';
import type { ProcessIdentity } from '../identity.ts';
import type { Log } from '../log.ts';
import { StartError } from '../start-error.ts';
import { usableBinaries } from './binaries.ts';
import { ensureDatabase } from './database.ts';
import { userName, writeAccess } from './access.ts';
import { type Home, openHome } from './home.ts';
import { writeHomeRecord } from './home-record.ts';
import { checkMajor, databaseName, initialiseCluster } from './initialise.ts';
import { clearLeftover } from './leftover.ts';
import { findPlatformPackage } from './platform-package.ts';
import { isRunning, type Postmaster, startPostmaster } from './postmaster.ts';
import { settings as ownSettings } from './settings.ts';
import { socketUrl } from './url.ts';

export interface PostgresOptions {
  /** Absolute; it exists. */
  dataFolder: string;
  log: Log;
  /** Over our own; for spec runs, which have nothing to lose by a power cut. */
  settings?: Record<string, string>;
}

/** A start that finds another server still going away tries again for this long (stack.md 3.2). */
const startPatienceMs = 10_000;

/**
 * PostgreSQL as a child of ours: found, unpacked, initialised, started, watched and started again when it dies.
 * Emits `started` and `ended` with the identity of each server process, for those who must end it when we cannot.
 */
export class Postgres extends EventEmitter<{ started: [ProcessIdentity]; ended: [ProcessIdentity] }> {
  readonly url: string;
  #running: Postmaster | undefined;
  /** Also while it is not ready yet. */
  #process: ProcessIdentity | undefined;
  #stopping = false;
  readonly #backoff = new Backoff({ firstMs: 200, ceilingMs: 15_000, healthyAfterMs: 60_000 });

  private constructor(
    private readonly options: PostgresOptions,
    private readonly home: Home,
    private readonly binaries: string,
  ) {
    super();
    this.url = socketUrl(home.socketFolder, databaseName, databaseName);
  }

  /** Finds or makes the cluster; nothing runs yet. Rejects with `StartError` on what a person must mend. */
  static async prepare(options: PostgresOptions): Promise<Postgres> {
    const shipped = findPlatformPackage();
    userName();
    const home = openHome(options.dataFolder);
    const binaries = await usableBinaries(shipped, home, options.dataFolder);
    if (!home.initialised) await make(home, binaries, options);
    checkMajor(home.cluster, shipped.major);
    return new Postgres(options, home, binaries);
  }

  async start(): Promise<void> {
    const deadline = performance.now() + startPatienceMs;
    while (!this.#stopping) {
      const failure = await this.#tryStart();
      if (failure === undefined) return;
      if (performance.now() > deadline) throw new StartError(`The database does not start: ${failure}`);
      await sleep(300);
    }
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    if (this.#process) await endPostgres(this.#process);
  }

  /** Undefined when it runs and answers; else why not, in words. */
  async #tryStart(): Promise<string | undefined> {
    try {
      if (!this.#running) await this.#startServer();
      if (!this.#stopping) await ensureDatabase(this.#maintenanceUrl, databaseName);
      return undefined;
    } catch (error) {
      return (error as Error).message;
    }
  }

  async #startServer(): Promise<void> {
    await clearLeftover(this.home.cluster, this.options.log);
    writeAccess(this.home);
    const postmaster = await startPostmaster(this.#postmasterOptions(), this.#maintenanceUrl);
    this.#watch(postmaster);
    if (this.#stopping) await endPostgres(postmaster.identity);
  }

  get #maintenanceUrl(): string {
    return socketUrl(this.home.socketFolder, databaseName, 'postgres');
  }

  #postmasterOptions() {
    const { dataFolder, settings } = this.options;
    const logFile = join(dataFolder, 'logs', 'postgres.log');
    const onSpawn = (identity: ProcessIdentity) => {
      this.#process = identity;
      this.emit('started', identity);
    };
    const onExit = (identity: ProcessIdentity) => {
      this.#process = undefined;
      this.emit('ended', identity);
    };
    return {
      home: this.home,
      binaries: this.binaries,
      settings: { ...ownSettings, ...settings },
      logFile,
      onSpawn,
      onExit,
    };
  }

  #watch(postmaster: Postmaster): void {
    this.#running = postmaster;
    const startedAt = performance.now();
    const onEnd = () => void this.#onEnd(postmaster, performance.now() - startedAt);
    if (isRunning(postmaster.child)) postmaster.child.once('exit', onEnd);
    else onEnd();
  }

  async #onEnd({ child }: Postmaster, livedMs: number): Promise<void> {
    this.#running = undefined;
    if (this.#stopping) return;
    this.options.log.error(`The database ended (${child.signalCode ?? child.exitCode}); starting it again.`);
    await this.#restart(livedMs);
  }

  async #restart(livedMs: number): Promise<void> {
    for (let lived = livedMs; !this.#stopping; lived = 0) {
      await sleep(this.#backoff.next(lived));
      const failure = this.#stopping ? undefined : await this.#tryStart();
      if (failure === undefined) return;
      this.options.log.error(`The database does not start: ${failure}`);
    }
  }
}

async function make(home: Home, binaries: string, { dataFolder, log }: PostgresOptions): Promise<void> {
  if (!existsSync(home.cluster)) {
    log.info('Making the database (the first start only).');
    await initialiseCluster(home, binaries);
  }
  home.initialised = true;
  const { owner: _owner, ...record } = home;
  writeHomeRecord(dataFolder, record);
}
