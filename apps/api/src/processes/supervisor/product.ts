import pg from 'pg';
import type { Environment } from '../../config/environment.ts';
import { Guard } from '../guard/guard.ts';
import type { SandboxAddress, ToSupervisor } from '../messages.ts';
import { Child } from './child.ts';
import type { ChildPlan } from './child-plan.ts';
import { Database } from './database.ts';
import type { Journal } from './journal.ts';
import { forgetRunning, recordRunning } from './leftovers.ts';
import { AccountNetworks } from './networks.ts';
import { apiPlan, compilerPlan, type Installation, pagesPlan, sandboxPlan } from './plans.ts';
import { TurnedClock } from './turned-clock.ts';
import { Workers } from './workers.ts';

export interface ProductOptions {
  environment: Environment;
  port: number;
  pagesPort: number;
  journal: Journal;
  develop: boolean;
  onSetupLink(url: string): void;
}

/**
 * Everything that `npm start` runs. Started in this order: guard, pages (which need nothing of the others), database,
 * migrations, sandbox, api; then workers for the networks that have accounts. Stopped in the order in which each still
 * finds what it needs to leave well: workers release their accounts, then api and pages, sandbox, and the database last.
 */
export class Product {
  readonly #guard = new Guard();
  readonly #clock = new TurnedClock();
  readonly #front: Child[] = [];
  #sandbox: Child | undefined;
  #workers: Workers | undefined;
  #networks: AccountNetworks | undefined;
  readonly #database: Database;
  #setupLink: string | undefined;
  #stopping: Promise<void> | undefined;

  constructor(private readonly options: ProductOptions) {
    this.#database = new Database(options.environment, this.#guard, options.journal);
  }

  /** Resolves when the first page can be served. Rejects with `StartError`; what runs by then is ended by `stop`. */
  async start(): Promise<void> {
    const { environment, journal } = this.options;
    await this.#startGuard();
    if (this.options.develop) void this.#startFront(compilerPlan());
    const pages = environment.PAGES
      ? this.#startFront(pagesPlan(this.options.pagesPort, this.options.develop))
      : undefined;
    const databaseUrl = await this.#startDatabase();
    const installation = { ...this.#installation(databaseUrl), sandbox: await this.#startSandbox(databaseUrl) };
    await Promise.all([pages, this.#startFront(apiPlan(installation))]);
    this.#workers = new Workers(installation, (child) => this.#adopt(child), journal);
    this.#networks = new AccountNetworks(databaseUrl, journal);
    this.#networks.on('found', (network) => this.#stopping ?? this.#workers?.startNetwork(network));
    await this.#networks.start();
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stopAll();
    return this.#stopping;
  }

  /** Ends and begins again what runs our own code, after it was built anew. */
  async reload(): Promise<void> {
    if (this.#stopping) return;
    await Promise.all((this.#workers?.children ?? []).map((child) => child.reload()));
    await Promise.all(this.#ownChildren().map((child) => child.reload()));
  }

  async #stopAll(): Promise<void> {
    await this.#networks?.stop();
    await this.#workers?.stop();
    await Promise.all(this.#front.map((child) => child.stop()));
    await this.#sandbox?.stop();
    await this.#database.stop();
    this.#guard.close();
    forgetRunning(this.options.environment.DATA_DIR);
  }

  async #startGuard(): Promise<void> {
    const { DATA_DIR } = this.options.environment;
    const record = () => recordRunning(DATA_DIR, { guard: this.#guard.identity, watched: this.#guard.watched });
    this.#guard.on('changed', record);
    await this.#guard.start();
    this.#refuseAfterStop();
  }

  async #startDatabase(): Promise<string> {
    const url = await this.#database.open();
    this.#refuseAfterStop();
    const { migrate } = await import('../../database/migrate.js');
    await migrate(url);
    if (!this.options.environment.DATABASE_URL) await this.#forgetWorkers(url);
    return url;
  }

  /** What an earlier start left running is ended by now: its accounts need not wait for its leases. */
  async #forgetWorkers(url: string): Promise<void> {
    const { expireAllWorkers } = await import('../../modules/cluster/worker-leases.js');
    const pool = new pg.Pool({ connectionString: url, max: 1 });
    await expireAllWorkers(pool).finally(() => pool.end());
  }

  async #startSandbox(databaseUrl: string): Promise<SandboxAddress | undefined> {
    const { SANDBOX, SANDBOX_URL, SANDBOX_ROOT_KEY, SANDBOX_CA } = this.options.environment;
    if (!SANDBOX) return undefined;
    if (SANDBOX_URL) return { url: SANDBOX_URL, rootKey: SANDBOX_ROOT_KEY!, caFile: SANDBOX_CA };
    let address: SandboxAddress | undefined;
    this.#sandbox = this.#make(sandboxPlan(this.#installation(databaseUrl), () => address));
    this.#sandbox.on('message', (message) => {
      if (message.type === 'ready') address ??= message.sandbox;
    });
    await this.#sandbox.start();
    return address;
  }

  #startFront(plan: ChildPlan): Promise<void> {
    const child = this.#make(plan);
    this.#front.push(child);
    return child.start();
  }

  #installation(databaseUrl: string): Installation {
    const { environment, port, pagesPort } = this.options;
    const clockOffsetMs = () => (environment.TRUNKLINE_TEST_CLOCK ? this.#clock.offsetMs : undefined);
    return { environment, port, pagesPort, databaseUrl, clockOffsetMs, setupLink: () => this.#setupLink };
  }

  #make(plan: ChildPlan): Child {
    this.#refuseAfterStop();
    return this.#adopt(new Child(plan, this.options.journal));
  }

  #refuseAfterStop(): void {
    if (this.#stopping) throw new Error('Stopped while starting.');
  }

  #adopt(child: Child): Child {
    child.on('spawned', (identity) => this.#guard.watch({ ...identity, name: child.name, kind: 'node' }));
    child.on('ended', (identity) => this.#guard.forget(identity));
    child.on('ended', () => this.#clock.onEnded(child));
    child.on('line', (line, stream) => this.options.journal.line(child.name, line, stream));
    if (child.name === 'compiler') child.on('line', (line) => this.options.journal.show(line));
    child.on('message', (message) => this.#onMessage(child, message));
    return child;
  }

  #onMessage(child: Child, message: ToSupervisor): void {
    this.#clock.onMessage(child, message);
    if (message.type === 'setup-link') {
      this.#setupLink = message.url;
      this.options.onSetupLink(message.url);
    }
    if (message.type === 'clock.turn') void this.#turnClock(child, message.id, message.advanceMs);
  }

  async #turnClock(asker: Child, id: number, advanceMs: number): Promise<void> {
    await this.#clock.turn(advanceMs, [...this.#ownChildren(), ...(this.#workers?.children ?? [])]);
    asker.send({ type: 'clock.turned', id, offsetMs: this.#clock.offsetMs });
  }

  /** Those that run our own code and follow the clock, workers aside. */
  #ownChildren(): Child[] {
    return [this.#sandbox, ...this.#front.filter(({ name }) => name === 'api')].filter((child) => child !== undefined);
  }
}
