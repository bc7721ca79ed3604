import type { Sql } from '../../database/database.js';
import { type Channel, CHANNELS } from './channels.js';

/** Sends wake-ups, many in one statement: equal ones that were asked for while one was on its way become one. */
export class Notifier {
  #waiting = new Map<string, [string, string]>();
  #sending: Promise<void> | undefined;

  constructor(private readonly sql: Sql) {}

  /** To be called after the commit. Never throws and waits for nothing: a lost wake-up costs its listeners one poll. */
  wake(channel: Channel, payload = ''): void {
    this.#waiting.set(`${channel} ${payload}`, [CHANNELS[channel], payload]);
    this.#sending ??= this.#send().finally(() => (this.#sending = undefined));
  }

  /** Resolves when all that was asked for has been sent. */
  async flushed(): Promise<void> {
    await this.#sending;
  }

  async #send(): Promise<void> {
    await Promise.resolve();
    while (this.#waiting.size > 0) {
      const batch = [...this.#waiting.values()];
      this.#waiting.clear();
      await this.#notify(batch).catch(() => undefined); // The database is away; listeners look again when it is back.
    }
  }

  async #notify(batch: [string, string][]): Promise<void> {
    const [channels, payloads] = [batch.map((entry) => entry[0]), batch.map((entry) => entry[1])];
    await this.sql.query('select pg_notify(c, p) from unnest($1::text[], $2::text[]) as w (c, p)', [
      channels,
      payloads,
    ]);
  }
}
