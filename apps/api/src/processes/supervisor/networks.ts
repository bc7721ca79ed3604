import { EventEmitter } from 'node:events';
import type { Network } from '@trunkline/contracts';
import pg from 'pg';
import type { Log } from '../log.ts';

/** NOTIFY on this channel wakes; the poll is for when nobody notifies, or the connection is down. */
const channel = 'trunkline_networks';
const pollMs = 5_000;

/** Which networks have accounts: each needs workers. Emits each network once, when it is first seen. */
export class AccountNetworks extends EventEmitter<{ found: [Network] }> {
  readonly #found = new Set<Network>();
  #client: pg.Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #failing = false;

  constructor(
    private readonly databaseUrl: string,
    private readonly log: Log,
  ) {
    super();
  }

  /** Resolves after the first look. */
  async start(): Promise<void> {
    await this.#look();
    this.#timer = setInterval(() => void this.#look(), pollMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#drop();
  }

  async #look(): Promise<void> {
    try {
      this.#client ??= await this.#listen();
      const sql = 'select distinct network from mkt_wap_accounts where deleted_at is null';
      const { rows } = await this.#client.query<{ network: Network }>(sql);
      this.#failing = false;
      for (const { network } of rows) this.#note(network);
    } catch (error) {
      if (!this.#failing) this.log.warn(`Cannot ask which networks have accounts: ${(error as Error).message}`);
      this.#failing = true;
      await this.#drop();
    }
  }

  #note(network: Network): void {
    if (this.#found.has(network)) return;
    this.#found.add(network);
    this.emit('found', network);
  }

  async #listen(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: this.databaseUrl, application_name: 'trunkline supervisor' });
    client.on('error', () => undefined); // The next look finds the connection broken and makes another.
    client.on('notification', () => void this.#look());
    await client.connect();
    await client.query(`listen ${channel}`);
    return client;
  }

  async #drop(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    await client?.end().catch(() => undefined);
  }
}
