import { v7 as uuid } from 'uuid';
import type { Cancel, Clock } from '../../clock/clock.js';
import type { Store } from '../../database/database.js';
import { dropDuty, holdDuty } from './duty.repository.js';

export type DutyName = 'numberer' | 'sweeper';
const SECONDS = 10;
const EVERY_MS = 3_000;

/**
 * A duty that one process of the installation has at a time. Every process that could do it tries; whoever holds it works,
 * and another takes over within ten seconds of its death. The work itself must be harmless when done by two.
 */
export class Duty {
  readonly #owner = uuid();
  #heldUntil = -Infinity;
  #timer: Cancel | undefined;
  #running = false;
  #trying = Promise.resolve();

  constructor(
    private readonly store: Store,
    private readonly name: DutyName,
    private readonly clock: Clock,
    /** Called at once when the duty was taken. */
    private readonly onTaken: () => void,
  ) {}

  start(): void {
    this.#running = true;
    this.#ask();
  }

  get held(): boolean {
    return this.clock.monotonic() < this.#heldUntil;
  }

  async stop(): Promise<void> {
    this.#running = false;
    this.#timer?.();
    await this.#trying; // What it is about to take would be dropped by nobody.
    if (this.held) await dropDuty(this.store.pool, this.name, this.#owner).catch(() => undefined); // It runs out.
    this.#heldUntil = -Infinity;
  }

  #ask(): void {
    this.#trying = this.#try();
  }

  async #try(): Promise<void> {
    const [asked, before] = [this.clock.monotonic(), this.held];
    const holds = await holdDuty(this.store.pool, this.name, this.#owner, SECONDS).catch(() => false); // Tried again below.
    if (holds) this.#heldUntil = asked + SECONDS * 1000;
    if (!this.#running) return;
    if (holds && !before) this.onTaken();
    this.#timer = this.clock.setTimeout(() => this.#ask(), EVERY_MS);
  }
}
