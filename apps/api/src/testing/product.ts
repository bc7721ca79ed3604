import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cloneRoot } from '../config/clone-root.ts';
import { variables } from '../config/variables.ts';
import { identify, isAlive, type ProcessIdentity, signal } from '../processes/identity.ts';
import type { ToStarter } from '../processes/messages.ts';
import { readHomeRecord } from '../processes/postgres/home-record.ts';
import { withClient } from '../processes/postgres/database.ts';
import { databaseName } from '../processes/postgres/initialise.ts';
import { removeDatabaseFiles } from '../processes/postgres/remove.ts';
import { socketUrl } from '../processes/postgres/url.ts';
import { type Running, readRunning } from '../processes/supervisor/leftovers.ts';
import { waitUntil } from '../processes/wait.ts';
import {
  findInFiles,
  findInRows,
  readVaultKeys,
  type Secret,
  secretKey,
  secretsOfAccounts,
  secretText,
} from './secrets.ts';

export interface ProductOptions {
  /** Over the defaults: any free port, a data folder and an API key of its own, everything else as a newcomer has it. */
  env?: Record<string, string>;
  /** Another user to run as; only root can choose. The data folder must be theirs. */
  runAs?: { uid: number; gid: number };
}

/** Promises of the product (docs/operations/processes.md), which each spec that stops or kills it holds it to. */
const endsWithinMs = 10_000;
const startsWithinMs = 90_000;

/**
 * Starts the built product (`npm run build`) as a child, as `npm start` does, and resolves when it says that it is ready.
 * Rejects with what it printed when it ends before.
 */
export function startProduct(options: ProductOptions = {}): Promise<Product> {
  const dataDir = options.env?.DATA_DIR ?? mkdtempSync(join(tmpdir(), 'trunkline-product-'));
  return Product.start(dataDir, randomBytes(24).toString('base64url'), options);
}

export class Product {
  /** Of dashboard and API, without a slash at its end. */
  url = '';
  /** The one-time link of the owner, as printed on the terminal; empty when the environment names the owner. */
  setupLink = '';
  #printed = '';
  readonly #secrets: Secret[] = [];

  private constructor(
    readonly dataDir: string,
    readonly apiKey: string,
    private readonly options: ProductOptions,
    private readonly child: ChildProcess,
  ) {
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.setEncoding('utf8').on('data', (text: string) => (this.#printed += text));
    }
    child.on('message', (message: ToStarter) => {
      if (message.type === 'started') this.url = `http://127.0.0.1:${message.port}`;
      else this.setupLink = message.url;
    });
  }

  static async start(dataDir: string, apiKey: string, options: ProductOptions): Promise<Product> {
    const product = new Product(dataDir, apiKey, options, spawnProduct(dataDir, apiKey, options));
    const ready = await waitUntil(() => product.url !== '' || product.#hasEnded, { withinMs: startsWithinMs });
    if (ready && product.url) return product;
    const printed = product.printed;
    if (!product.#hasEnded) await product.killAll();
    product.removeFiles();
    throw new Error(`The product did not start:\n${printed}`);
  }

  /** Everything on its terminal, the set-up link too. */
  get printed(): string {
    return this.#printed;
  }

  /** What it logged to files. */
  log(): string {
    return readFileSync(join(this.dataDir, 'logs', 'trunkline.log'), 'utf8');
  }

  /** For `pg`, as long as it runs. */
  get databaseUrl(): string {
    return socketUrl(readHomeRecord(this.dataDir)!.socketFolder, databaseName, databaseName);
  }

  /** The supervisor's own process. */
  get pid(): number {
    return this.child.pid!;
  }

  /** What runs now, by name: `database`, `api`, `pages`, `sandbox`, `worker sandbox 1`, … */
  get running(): Running {
    return readRunning(this.dataDir);
  }

  /** Every process of the product, supervisor and guard among them. */
  get pids(): number[] {
    return this.#all().map(({ pid }) => pid);
  }

  /**
   * As Ctrl-C does, then removes the data folder. Rejects when something is left after 10 s, and when something that is
   * secret lies in clear in the database or in any file, the log (at `trace`) among them: so each spec that runs the
   * product is also a scan of what it did.
   */
  async stop(): Promise<void> {
    const all = this.#all();
    const { secrets, leaks } = await this.#scanRows();
    if (!this.#hasEnded) this.child.kill('SIGTERM');
    const ended = await waitUntil(() => !all.some(isAlive), { withinMs: endsWithinMs });
    if (!ended) await this.killAll();
    leaks.push(...findInFiles(this.dataDir, secrets));
    this.removeFiles();
    if (!ended) throw new Error(`The product did not end within ${endsWithinMs} ms of SIGTERM:\n${this.printed}`);
    if (leaks.length > 0) throw new Error(`Secrets lie in clear:\n${leaks.join('\n')}`);
  }

  /** What opens a door here, by what is known of it: `shown` to a person or phone or not. */
  keep(...secrets: Secret[]): void {
    this.#secrets.push(...secrets);
  }

  /** Where the database runs no more, its files tell. */
  async #scanRows(): Promise<{ secrets: Secret[]; leaks: string[] }> {
    const { DATABASE_URL, TRUNKLINE_VAULT_KEY, TRUNKLINE_ADMIN_PASSWORD = '' } = this.options.env ?? {};
    const keys = readVaultKeys(this.dataDir, TRUNKLINE_VAULT_KEY);
    const secrets = [
      ...this.#secrets,
      ...secretText('the API key', this.apiKey),
      ...secretText('the password of the owner', TRUNKLINE_ADMIN_PASSWORD),
      ...secretText('the set-up link', this.setupLink && new URL(this.setupLink).search.slice(1)),
      ...keys.flatMap(secretKey),
    ];
    const url = DATABASE_URL ?? (this.running.watched.some(({ name }) => name === 'database') && this.databaseUrl);
    // The database of another user does not let us in.
    if (!url || this.#hasEnded || this.options.runAs) return { secrets, leaks: [] };
    return withClient(url, async (client) => {
      if (keys.length > 0) secrets.push(...(await secretsOfAccounts(client, keys)));
      return { secrets, leaks: await findInRows(client, secrets) };
    });
  }

  /** `kill -9` of everything at once, the guard first, so that nothing is ended politely. Resolves when all are gone. */
  async killAll(): Promise<void> {
    const all = this.#all();
    for (const identity of all) signal(identity, 'SIGKILL');
    if (!(await waitUntil(() => !all.some(isAlive), { withinMs: endsWithinMs })))
      throw new Error('kill -9 did not end all');
  }

  /** Starts anew on the same folder, after `killAll` or an end by itself. */
  startAgain(env: Record<string, string> = {}): Promise<Product> {
    return Product.start(this.dataDir, this.apiKey, { ...this.options, env: { ...this.options.env, ...env } });
  }

  removeFiles(): void {
    removeDatabaseFiles(this.dataDir);
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  #all(): ProcessIdentity[] {
    const { guard, watched } = this.running;
    const supervisor = this.#hasEnded ? undefined : identify(this.pid);
    return [guard, supervisor, ...watched].filter((identity) => identity !== undefined);
  }

  get #hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }
}

/** Nothing of the developer's own settings reaches it: an empty variable also hides the one in `.env`. */
function spawnProduct(dataDir: string, apiKey: string, { env = {}, runAs }: ProductOptions): ChildProcess {
  const unset = Object.fromEntries(Object.keys(variables).map((name) => [name, '']));
  const own = { PORT: '0', DATA_DIR: dataDir, TRUNKLINE_API_KEY: apiKey, LOG_LEVEL: 'trace', NODE_ENV: 'production' };
  const program = join(cloneRoot, 'apps', 'api', 'dist', 'main.js');
  return spawn(process.execPath, [program], {
    ...runAs,
    cwd: cloneRoot,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...unset, ...own, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
}
