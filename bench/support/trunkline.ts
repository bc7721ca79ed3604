import type { Account, AnyEvent, Page } from '@trunkline/contracts';
import { type Product, startProduct } from '../../apps/api/src/testing/product.ts';
import { type ProcessIdentity, signal } from '../../apps/api/src/processes/identity.ts';
import { Api } from '../../e2e/support/api.ts';
import { Events } from '../../e2e/support/events.ts';
import type { BenchSandbox } from './sandbox.ts';
import { waitFor } from './wait.ts';

/** The product as `npm start` runs it, on the sandbox that the baseline uses too. */
export class Trunkline {
  private constructor(
    private product: Product,
    public api: Api,
  ) {}

  static async start(sandbox?: BenchSandbox): Promise<Trunkline> {
    const env: Record<string, string> = sandbox ? { SANDBOX_URL: sandbox.url, SANDBOX_ROOT_KEY: sandbox.rootKey } : {};
    const product = await startProduct({ env: { ...env, LOG_LEVEL: 'warn' } });
    return new Trunkline(product, new Api(product.url, product.apiKey));
  }

  get url(): string {
    return this.product.url;
  }

  get dataDir(): string {
    return this.product.dataDir;
  }

  get databaseUrl(): string {
    return this.product.databaseUrl;
  }

  get running() {
    return this.product.running.watched;
  }

  /** The one worker of the sandbox network; undefined while it is not there. */
  worker(): ProcessIdentity | undefined {
    return this.running.find(({ name }) => name.startsWith('worker sandbox'));
  }

  kill(name: string): boolean {
    const victims = this.running.filter((each) => each.name.startsWith(name));
    return victims.map((victim) => signal(victim, 'SIGKILL')).some(Boolean);
  }

  async killAll(): Promise<void> {
    await this.product.killAll();
  }

  async startAgain(): Promise<void> {
    this.product = await this.product.startAgain();
    this.api = new Api(this.product.url, this.product.apiKey);
  }

  /** Resolves when `count` accounts are connected. */
  async online(count: number): Promise<void> {
    const connected = async () => {
      const { items } = await this.api.call<Page<Account>>('GET', '/whatsapp/accounts?limit=200');
      return items.filter(({ state }) => state.connection === 'connected').length >= count;
    };
    await waitFor(`${count} accounts to be connected`, connected, { withinMs: 300_000, everyMs: 500 });
  }

  /** From now on, or from a position. */
  events(since?: number): Promise<Events> {
    return Events.open(this.product.url, this.product.apiKey, null, since);
  }

  /** Without the look for secrets that ends a spec: it reads every row, and here there may be hundreds of thousands. */
  async stop(): Promise<void> {
    await this.product.killAll();
    this.product.removeFiles();
  }
}

/** When (milliseconds since 1970) the last of `count` accounts became connected after `from`; waits for it. */
export async function allConnected(events: Events, count: number, from: number): Promise<number> {
  const connectedAt = () => {
    const at = new Map<string, number>();
    for (const event of events.seen) {
      if (!isConnected(event) || Date.parse(event.timestamp) < from) continue;
      if (!at.has(event.accountId!)) at.set(event.accountId!, Date.parse(event.timestamp));
    }
    return at.size >= count ? Math.max(...at.values()) : undefined;
  };
  return waitFor(`${count} accounts to be connected`, async () => connectedAt(), { withinMs: 300_000 });
}

function isConnected(event: AnyEvent): boolean {
  return event.event === 'account.status' && event.payload.state.connection === 'connected';
}
