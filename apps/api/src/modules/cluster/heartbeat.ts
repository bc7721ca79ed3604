import type { Cancel, Clock } from '../../clock/clock.js';
import type { Store } from '../../database/database.js';
import {
  LEASE_SECONDS,
  registerWorker,
  renewWorker,
  unregisterWorker,
  type WorkerIdentity,
} from './worker.repository.js';

const EVERY_MS = 4_000;
const RETRY_MS = 500;
/** We stop this long before the database would call us expired, by our own monotonic clock. */
const MARGIN_MS = 3_000;

/**
 * A worker's life as the cluster sees it: one row, renewed every 4 s for 20 s; all leases of the worker live by it.
 * A renewal that fails is retried until 3 s before expiry; then the worker *lapses*: it must close every session at once
 * (`onLapse`), and begins again, owning nothing, when the database lets it (`onBegin`).
 */
export class Heartbeat {
  #validUntil = -Infinity;
  #timer: Cancel | undefined;
  #lapseTimer: Cancel | undefined;
  #running = false;

  constructor(
    private readonly store: Store,
    private readonly worker: WorkerIdentity,
    private readonly clock: Clock,
    private readonly on: { begin(): void; lapse(): void },
  ) {}

  /** Registers the worker; rejects when the database cannot be reached now. */
  async start(): Promise<void> {
    this.#running = true;
    await this.#register();
  }

  /** To be asked before every frame: false means that another may own our accounts. */
  valid(): boolean {
    return this.clock.monotonic() < this.#validUntil;
  }

  /** A clean exit. Everything of ours must have ended before. */
  async stop(): Promise<void> {
    this.#running = false;
    this.#timer?.();
    this.#lapseTimer?.();
    this.#validUntil = -Infinity;
    await unregisterWorker(this.store, this.worker.id).catch(() => undefined); // The lease runs out by itself.
  }

  async #register(): Promise<void> {
    const asked = this.clock.monotonic();
    await registerWorker(this.store, this.worker);
    this.#renewed(asked);
    this.on.begin();
  }

  #renewed(asked: number): void {
    if (!this.#running) return;
    this.#validUntil = asked + LEASE_SECONDS * 1000 - MARGIN_MS;
    this.#again(EVERY_MS, () => this.#beat());
    this.#lapseTimer?.();
    this.#lapseTimer = this.clock.setTimeout(() => this.#check(), this.#validUntil - this.clock.monotonic());
  }

  async #beat(): Promise<void> {
    const asked = this.clock.monotonic();
    const renewed = await renewWorker(this.store.pool, this.worker.id).catch(() => undefined);
    if (!this.#running || !this.valid()) return;
    if (renewed) this.#renewed(asked);
    else if (renewed === false) this.#lapse();
    else this.#again(RETRY_MS, () => this.#beat());
  }

  /** A timer may come early (a test clock was turned): the monotonic clock decides. */
  #check(): void {
    const left = this.#validUntil - this.clock.monotonic();
    if (left <= 0) this.#lapse();
    else this.#lapseTimer = this.clock.setTimeout(() => this.#check(), left);
  }

  #lapse(): void {
    if (!this.#running) return;
    this.#validUntil = -Infinity;
    this.#lapseTimer?.();
    this.on.lapse();
    this.#begin();
  }

  #begin(): void {
    if (!this.#running) return;
    this.#timer?.();
    this.#register().catch(() => this.#again(RETRY_MS, () => this.#begin()));
  }

  #again(delayMs: number, task: () => unknown): void {
    this.#timer?.();
    if (this.#running) this.#timer = this.clock.setTimeout(() => void task(), delayMs);
  }
}
