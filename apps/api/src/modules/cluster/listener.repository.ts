import pg from 'pg';
import type { Cancel, Clock } from '../../clock/clock.js';
import { type Channel, CHANNELS } from './channels.js';

/** `payload` is undefined after a time of not listening: anything may have happened. */
export type OnWake = (payload: string | undefined) => void;

const RETRY_MS = 500;

/** One LISTEN connection of a process. It comes back by itself, and then tells everybody that they may have missed something. */
export class Listener {
  readonly #listeners = new Map<string, Set<OnWake>>();
  #client: pg.Client | undefined;
  #retry: Cancel | undefined;
  #running = false;

  constructor(
    private readonly url: string,
    private readonly clock: Clock,
  ) {}

  /** Rejects when the database cannot be reached now. */
  async start(): Promise<void> {
    this.#running = true;
    await this.#connect();
  }

  async stop(): Promise<void> {
    this.#running = false;
    this.#retry?.();
    await this.#client?.end().catch(() => undefined); // It is broken already: there is nothing to end.
    this.#client = undefined;
  }

  on(channel: Channel, wake: OnWake): Cancel {
    const name = CHANNELS[channel];
    const all = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, all.add(wake));
    return () => void all.delete(wake);
  }

  async #connect(): Promise<void> {
    const client = new pg.Client({ connectionString: this.url, keepAlive: true });
    client.on('error', () => undefined); // 'end' follows, and decides.
    client.on('end', () => this.#lost(client));
    client.on('notification', ({ channel, payload }) => this.#wake(channel, payload ?? ''));
    this.#client = client;
    await client.connect();
    await client.query(
      Object.values(CHANNELS)
        .map((name) => `listen ${name}`)
        .join('; '),
    );
    for (const name of this.#listeners.keys()) this.#wake(name, undefined);
  }

  #wake(name: string, payload: string | undefined): void {
    for (const wake of [...(this.#listeners.get(name) ?? [])]) wake(payload);
  }

  #lost(client: pg.Client): void {
    if (!this.#running || this.#client !== client) return;
    this.#client = undefined;
    this.#again();
  }

  #again(): void {
    this.#retry?.();
    this.#retry = this.clock.setTimeout(() => {
      if (this.#running) this.#connect().catch(() => this.#again());
    }, RETRY_MS);
  }
}
