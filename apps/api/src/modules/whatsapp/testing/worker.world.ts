import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { v7 as uuid } from 'uuid';
import { expect, vi } from 'vitest';
import { systemClock } from '../../../clock/clock.js';
import { ManualClock } from '../../../clock/manual-clock.js';
import type { Store } from '../../../database/database.js';
import { systemCtx } from '../../auth/ctx.js';
import { Commands } from '../../cluster/commands/commands.js';
import { Listener } from '../../cluster/listener.repository.js';
import { Notifier } from '../../cluster/notifier.repository.js';
import { Worker } from '../../cluster/worker.js';
import { AccountService } from '../accounts/account.service.js';
import { ClientVersions } from '../engines/version/client.versions.js';
import { Secrets } from '../events/secrets.js';
import { openPreviews } from '../previews/preview.maker.js';
import { openMediaDesk } from '../media/media.desk.js';
import type { SpecDatabase } from '../../../testing/database.js';
import { specLibrary } from '../../../testing/media.library.js';
import { MessageService } from '../messages/message.service.js';
import { OutboxService } from '../messages/outbound/outbox.service.js';
import { expireUnowned, ripen } from '../messages/outbound/outbox.upkeep.js';
import { settleSilent } from '../messages/outbound/silent.repository.js';
import { Vault } from '../sessions/vault.js';
import { inspectScripted, ScriptedEngine, type ScriptedSession } from './scripted.engine.js';

export const ctx = systemCtx('spec');

export interface RunningWorker {
  id: string;
  worker: Worker;
  engine: ScriptedEngine;
}

/** As the product's test clock: timers and dates are turned, and what measures intervals is not. */
export class TurnedClock extends ManualClock {
  override monotonic(): number {
    return performance.now();
  }
}

/** Workers with scripted engines on a real database, the services that ask them, and a clock that is turned by hand. */
export class WorkerWorld {
  readonly vault = new Vault(randomBytes(32));
  readonly clock = new TurnedClock('2026-05-01T00:00:00Z');
  readonly listener: Listener;
  readonly notifier: Notifier;
  readonly commands: Commands;
  readonly accounts: AccountService;
  readonly messages: MessageService;
  readonly outbox: OutboxService;
  readonly workers: RunningWorker[] = [];
  /** Pages of this machine are previewed here, at one address of it. */
  readonly previews = openPreviews(['127.0.0.2']);
  /** What the network's page names as the current client version. */
  pageVersion = '2.3000.1';

  constructor(readonly store: Store & { url: string }) {
    this.listener = new Listener(store.url, systemClock);
    this.notifier = new Notifier(store.pool);
    this.commands = new Commands(store, this.notifier, this.listener, this.clock);
    const secrets = new Secrets(store.pool, this.vault, this.clock);
    const networks = { whatsapp: true, sandbox: true };
    this.accounts = new AccountService(store, this.commands, this.notifier, secrets, this.clock, networks);
    this.messages = new MessageService(store, this.clock, this.notifier);
    this.outbox = new OutboxService(store, this.messages, this.commands);
  }

  /** What upkeep does about messages, now. */
  async tidy(): Promise<void> {
    await ripen(this, this.clock.now());
    await expireUnowned(this.store, this.clock.now());
    await settleSilent(this.store.pool, this.clock.now());
  }

  /** @param clock of the worker alone, for one that is paused while the others go on */
  async startWorker(clock = this.clock): Promise<RunningWorker> {
    const { store, listener, notifier, vault } = this;
    const [id, engine, log] = [uuid(), new ScriptedEngine(), pino({ level: process.env.SPEC_LOG ?? 'silent' })];
    const worker = new Worker({
      identity: { id, network: 'sandbox', host: 'spec', pid: process.pid },
      store,
      listener,
      notifier,
      vault,
      media: openMediaDesk(specLibrary(store)),
      previews: this.previews,
      engine,
      inspect: inspectScripted,
      endpoint: {},
      versions: new ClientVersions({
        network: 'sandbox',
        setting: undefined,
        builtIn: engine.version,
        readPage: async () => this.pageVersion,
        store,
        clock,
        log,
      }),
      clock,
      log,
    });
    const running = { id, worker, engine };
    this.workers.push(running);
    await worker.start();
    return running;
  }

  async stop(): Promise<void> {
    for (const { worker } of this.workers.splice(0)) await this.turning(worker.stop());
    this.commands.stop();
    await this.notifier.flushed();
    await this.listener.stop();
    expect(this.clock.waiting).toBe(0);
  }

  /** Seconds of the turned clock, one by one, with what they bring about. */
  async pass(seconds: number): Promise<void> {
    for (let i = 0; i < seconds; i += 1) {
      this.clock.advance(1_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** What is waited for while the turned clock goes on by little steps, so that polls and retries are made. */
  async turning<T>(work: Promise<T>): Promise<T> {
    const timer = setInterval(() => this.clock.advance(20), 10);
    return work.finally(() => clearInterval(timer));
  }

  /** Waits (real time) until `look` holds, while the turned clock goes on by little steps so that polls are made. */
  async until<T>(look: () => T | Promise<T>): Promise<T> {
    return vi.waitFor(
      async () => {
        this.clock.advance(20);
        return look();
      },
      { timeout: 10_000, interval: 10 },
    );
  }

  state(id: string, expected: object): Promise<unknown> {
    return this.until(async () => expect((await this.accounts.read(ctx, id)).state).toMatchObject(expected));
  }

  async create(name = 'Shop'): Promise<string> {
    return (await this.accounts.create(ctx, { name, network: 'sandbox' })).id;
  }

  async session(running: RunningWorker, id: string): Promise<ScriptedSession> {
    return this.until(() => {
      const session = running.engine.live(id);
      expect(session).toBeDefined();
      return session!;
    });
  }

  /** A linked, connected account. */
  async link(running: RunningWorker, number = `+999${Math.floor(1e9 + Math.random() * 9e9)}`): Promise<string> {
    const id = await this.create();
    await this.accounts.initialize(ctx, id);
    (await this.session(running, id)).scan(number);
    await this.state(id, { status: 'active', connection: 'connected' });
    return id;
  }

  /** Disconnected and given back: nothing of it is in the memory of any worker. */
  async rest(id: string): Promise<void> {
    await this.accounts.disconnect(ctx, id);
    await this.until(async () => {
      const { rows } = await this.store.pool.query('select owner from mkt_wap_leases where account_id = $1', [id]);
      expect(rows).toEqual([{ owner: null }]);
    });
  }

  async events(id: string): Promise<string[]> {
    const { rows } = await this.store.pool.query(
      'select event from mkt_wap_events where account_id = $1 order by row',
      [id],
    );
    return rows.map(({ event }) => event);
  }

  async errors(id: string): Promise<{ message: string; action: string | null; reason: string }[]> {
    const { rows } = await this.store.pool.query(
      `select payload from mkt_wap_events where account_id = $1 and event = 'account.error' order by row`,
      [id],
    );
    return rows.map(({ payload }) => payload);
  }

  async generations(id: string): Promise<string[]> {
    const { rows } = await this.store.pool.query(
      'select cause from mkt_wap_session_generations where account_id = $1 order by number',
      [id],
    );
    return rows.map(({ cause }) => cause);
  }
}

/** A world with one worker, on a database without what tests before it left. */
export async function freshWorld(database: SpecDatabase): Promise<{ world: WorkerWorld; running: RunningWorker }> {
  await database.empty(
    'mkt_wap_accounts',
    'mkt_wap_workers',
    'mkt_wap_people',
    'mkt_wap_events',
    'mkt_wap_lived_hours',
    'mkt_wap_proxies',
    'mkt_wap_proxy_pools',
  );
  const world = new WorkerWorld(database);
  await world.listener.start();
  return { world, running: await world.startWorker() };
}
