import { Counter, Gauge, Registry } from 'prom-client';
import type { Sql } from '../../database/database.js';
import type { CounterName } from './counter.js';
import { countAccounts, readCounts } from './counter.repository.js';

/** Figures for Prometheus, read from the database when they are asked for: the api counts nothing itself. */
export class MetricsService {
  readonly #registry = new Registry();
  readonly #counters: Record<CounterName, Counter>;
  readonly #accounts: Gauge;

  constructor(private readonly sql: Sql) {
    const registers = [this.#registry];
    const counter = (name: string, help: string, labelNames: string[]) =>
      new Counter({ name, help, labelNames, registers });
    this.#counters = {
      deaf: counter('trunkline_deaf_connections_total', 'Connections that were open and answered no query.', [
        'network',
      ]),
      reconnects: counter('trunkline_reconnects_total', 'Connections that were lost, by reason.', [
        'network',
        'reason',
      ]),
    };
    this.#accounts = new Gauge({
      name: 'trunkline_accounts',
      help: 'Accounts by status and connection.',
      labelNames: ['network', 'status', 'connection'],
      registers,
    });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  async text(): Promise<string> {
    const [counts, accounts] = await Promise.all([readCounts(this.sql), countAccounts(this.sql)]);
    this.#registry.resetMetrics();
    for (const { network, name, label, value } of counts) {
      this.#counters[name]?.inc(label === '' ? { network } : { network, reason: label }, value);
    }
    for (const { accounts: value, ...labels } of accounts) this.#accounts.set(labels, value);
    return this.#registry.metrics();
  }
}
