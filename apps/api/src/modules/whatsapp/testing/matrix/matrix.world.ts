/**
 * What a matrix run drives: the real worker with the real engine on a real PostgreSQL, against the real sandbox, all by the
 * turned clock of this process. One account is struck at a time, and a bystander watches that nothing else happens.
 */
import { randomBytes } from 'node:crypto';
import type { AccountState } from '@trunkline/contracts';
import { type CapturedNode, type Phone, type Sandbox, SandboxControl, startSandbox } from '@trunkline/sandbox';
import { pino } from 'pino';
import { v7 as uuid } from 'uuid';
import { systemClock } from '../../../../clock/clock.js';
import { openDatabase, type Store } from '../../../../database/database.js';
import { specLibrary } from '../../../../testing/media.library.js';
import { systemCtx } from '../../../auth/ctx.js';
import { Commands } from '../../../cluster/commands/commands.js';
import { Listener } from '../../../cluster/listener.repository.js';
import { Notifier } from '../../../cluster/notifier.repository.js';
import { type Upkeep, startUpkeep } from '../../../cluster/upkeep.js';
import { Worker } from '../../../cluster/worker.js';
import { AccountService } from '../../accounts/account.service.js';
import { createBaileysEngine, inspectCreds, trustSandboxRoot } from '../../engines/baileys/baileys.engine.js';
import { ClientVersions } from '../../engines/version/client.versions.js';
import { readVersionPage, versionPageOf } from '../../engines/version/version.page.js';
import { Secrets } from '../../events/secrets.js';
import { HealthCheck } from '../../health/health.check.js';
import { openPreviews } from '../../previews/preview.maker.js';
import { openMediaDesk } from '../../media/media.desk.js';
import { MessageService } from '../../messages/message.service.js';
import { ProxyService } from '../../proxies/proxy.service.js';
import { ProxyTester } from '../../proxies/proxy.tester.js';
import { Vault } from '../../sessions/vault.js';
import { CountedEngine } from './counted.engine.js';
import { breathe, turn, turned } from './turned.js';

export const ctx = systemCtx('matrix');

/** Real milliseconds that things may take by themselves before the clock is turned for them. */
const PATIENCE_MS = 400;
const POLL_MS = 5;

export interface Linked {
  id: string;
  phone: Phone;
}

interface Parts {
  store: Store;
  sandbox: Sandbox;
  listener: Listener;
  vault: Vault;
  engine: CountedEngine;
}

export class MatrixWorld {
  readonly store: Store;
  readonly sandbox: Sandbox;
  readonly vault: Vault;
  readonly engine: CountedEngine;
  readonly control: SandboxControl;
  readonly accounts: AccountService;
  readonly messages: MessageService;
  readonly proxies: ProxyService;
  /** Linked and connected, of earlier cells. */
  readonly spare: Linked[] = [];
  bystander!: Linked;
  /** Errors that nobody handled, since somebody looked. */
  unhandled: unknown[] = [];
  patienceMs = PATIENCE_MS;
  readonly #listener: Listener;
  readonly #notifier: Notifier;
  readonly #commands: Commands;
  readonly #upkeep: Upkeep;
  readonly #worker: Worker;
  readonly #hearers = new Set<(node: CapturedNode) => void>();

  private constructor({ store, sandbox, listener, vault, engine }: Parts) {
    [this.store, this.sandbox, this.vault, this.engine, this.#listener] = [store, sandbox, vault, engine, listener];
    const [clock, log] = [systemClock, pino({ level: process.env.MATRIX_LOG ?? 'silent' })];
    const notifier = (this.#notifier = new Notifier(store.pool));
    this.#commands = new Commands(store, notifier, listener, clock);
    this.control = new SandboxControl({ url: sandbox.control, token: sandbox.token });
    const secrets = new Secrets(store.pool, vault, clock);
    const networks = { whatsapp: true, sandbox: true };
    this.accounts = new AccountService(store, this.#commands, notifier, secrets, clock, networks);
    const tester = new ProxyTester(vault, clock, { whatsapp: undefined, sandbox: sandbox.url });
    const { accounts } = this;
    this.proxies = new ProxyService({ store, vault, commands: this.#commands, notifier, clock, accounts, tester });
    this.messages = new MessageService(store, clock, notifier);
    const [library, health] = [specLibrary(store), new HealthCheck(store, notifier)];
    this.#upkeep = startUpkeep({ store, notifier, health, library, vault, clock, log });
    const identity = { id: uuid(), network: 'sandbox' as const, host: 'matrix', pid: process.pid };
    const endpoint = { url: sandbox.url };
    const versions = new ClientVersions({
      network: 'sandbox',
      setting: undefined,
      builtIn: engine.version,
      readPage: () => readVersionPage(versionPageOf(sandbox.url)),
      store,
      clock,
      log,
    });
    const parts = { identity, store, listener, notifier, vault, engine, inspect: inspectCreds, endpoint, versions };
    this.#worker = new Worker({ ...parts, media: openMediaDesk(library), previews: openPreviews(), clock, log });
    sandbox.capture((node) => this.#hearers.forEach((hear) => hear(node)));
    process.on('unhandledRejection', (error) => this.unhandled.push(error));
  }

  static async open(databaseUrl: string): Promise<MatrixWorld> {
    const sandbox = await startSandbox({ now: () => Date.now() });
    trustSandboxRoot(sandbox.rootKey);
    const listener = new Listener(databaseUrl, systemClock);
    await listener.start();
    const [store, vault] = [openDatabase(databaseUrl, 8), new Vault(randomBytes(32))];
    const world = new MatrixWorld({
      store,
      sandbox,
      listener,
      vault,
      engine: new CountedEngine(createBaileysEngine()),
    });
    await world.#worker.start();
    world.bystander = await world.link();
    return world;
  }

  async close(): Promise<void> {
    await this.#worker.stop();
    await this.#upkeep.stop();
    this.#commands.stop();
    await this.#notifier.flushed();
    await this.#listener.stop();
    await this.store.pool.end();
    await this.sandbox.close();
  }

  /** Hears every node of the network. Returns the way to stop. */
  hear(hearer: (node: CapturedNode) => void): () => void {
    this.#hearers.add(hearer);
    return () => this.#hearers.delete(hearer);
  }

  async state(id: string): Promise<AccountState> {
    return (await this.accounts.read(ctx, id)).state;
  }

  /** Every state that was told of an account, in order. */
  async told(id: string): Promise<AccountState[]> {
    const { rows } = await this.store.pool.query(
      `select payload->'state' as state from mkt_wap_events where account_id = $1 and event = 'account.status' order by row`,
      [id],
    );
    return rows.map(({ state }) => state);
  }

  async errors(id: string): Promise<number> {
    const { rows } = await this.store.pool.query(
      `select count(*)::int as n from mkt_wap_events where account_id = $1 and event = 'account.error'`,
      [id],
    );
    return rows[0].n;
  }

  async create(name = 'struck'): Promise<string> {
    return (await this.accounts.create(ctx, { name, network: 'sandbox' })).id;
  }

  /** A linked, connected account: one that is left over, or a new one. */
  async linked(): Promise<Linked> {
    for (let next = this.spare.pop(); next; next = this.spare.pop()) {
      if ((await this.state(next.id)).connection === 'connected') return next;
    }
    return this.link();
  }

  async link(): Promise<Linked> {
    const [id, phone] = [await this.create(), await this.control.createPhone({ pushName: 'Matrix' })];
    await this.accounts.initialize(ctx, id);
    await this.control.scan(phone.number, { qr: await this.qr(id) });
    await this.online(id);
    return { id, phone };
  }

  /** The QR on screen; `than` names one that is gone. */
  qr(id: string, than?: string): Promise<string> {
    return this.until('a QR', async () => {
      const { text } = await this.accounts.qr(ctx, id);
      return text !== than && text;
    });
  }

  online(id: string): Promise<AccountState> {
    return this.reaches(id, { status: 'active', connection: 'connected', reason: 'none' });
  }

  reaches(id: string, wanted: Partial<AccountState>, withinSeconds?: number): Promise<AccountState> {
    return this.until(
      JSON.stringify(wanted),
      async () => {
        const state = await this.state(id);
        return fits(state, wanted) && state;
      },
      withinSeconds,
    );
  }

  /**
   * Looks again until there is an answer: at once, while things take their real time, and then while the clock is turned, a
   * second at a time. Rejects with what was seen last when so many turned seconds have passed.
   */
  async until<T>(what: string, look: () => Promise<T | false | undefined>, withinSeconds = 900): Promise<T> {
    const began = performance.now();
    let last: unknown;
    for (let seconds = 0; seconds <= withinSeconds;) {
      const found = await look().catch((error: unknown) => void (last = error));
      if (found) return found;
      if (performance.now() - began < this.patienceMs) await breathe(POLL_MS);
      else {
        await this.pass(1);
        seconds += 1;
      }
    }
    throw new Error(`${what} did not come within ${withinSeconds} s${last ? `: ${String(last)}` : ''}`);
  }

  /** Turned seconds, one by one, each with the round trips that it brings about. */
  async pass(seconds: number, step = 1): Promise<void> {
    for (let passed = 0; passed < seconds; passed += step) {
      turn(step * 1_000);
      for (let i = 0; i < 2; i += 1) {
        await breathe(2);
        await this.store.pool.query('select 1');
      }
    }
  }

  /**
   * Turns the clock in one go, as on a machine that slept: connections are dropped at the other end, though all are said to be
   * connected still. Resolves when these, the bystander and those left over have come back.
   */
  async leap(ms: number, ids: readonly string[] = []): Promise<void> {
    turn(ms);
    const since = new Date();
    for (const id of [this.bystander.id, ...this.spare.map((one) => one.id), ...ids])
      await this.#provenSince(id, since);
  }

  #provenSince(id: string, since: Date): Promise<true> {
    return this.until('a proof of life', async () => {
      const { rowCount } = await this.store.pool.query(
        `select from mkt_wap_accounts where id = $1 and connection = 'connected' and last_seen_connected_at >= $2`,
        [id, since],
      );
      return rowCount === 1;
    });
  }

  /** Turned seconds since the run began. */
  get seconds(): number {
    return turned() / 1_000;
  }
}

export function fits(state: AccountState, wanted: Partial<AccountState>): boolean {
  return Object.entries(wanted).every(([key, value]) => state[key as keyof AccountState] === value);
}
