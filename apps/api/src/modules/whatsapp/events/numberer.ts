import type { Cancel, Clock } from '../../../clock/clock.js';
import type { Store } from '../../../database/database.js';
import { Duty } from '../../cluster/duties.js';
import type { Listener } from '../../cluster/listener.repository.js';
import type { Notifier } from '../../cluster/notifier.repository.js';
import { numberEvents } from './numberer.repository.js';

const BATCH = 1000;
const POLL_MS = 250;

export interface NumbererParts {
  store: Store;
  listener: Listener;
  notifier: Notifier;
  clock: Clock;
}

/**
 * Numbers events, on one process of the installation at a time (docs/decisions/numberer.md). Woken after each commit, and
 * looks by itself four times a second. Killed or paused it delays events and skips none.
 */
export class Numberer {
  readonly #duty: Duty;
  readonly #off: Cancel;
  #timer: Cancel | undefined;
  #working: Promise<void> | undefined;
  #again = false;
  #stopped = false;

  constructor(private readonly parts: NumbererParts) {
    this.#duty = new Duty(parts.store, 'numberer', parts.clock, () => this.#wake());
    this.#off = parts.listener.on('unnumbered', () => this.#wake());
    this.#duty.start();
    this.#poll();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#off();
    this.#timer?.();
    await this.#working;
    await this.#duty.stop();
  }

  #poll(): void {
    this.#timer = this.parts.clock.setTimeout(() => {
      this.#wake();
      this.#poll();
    }, POLL_MS);
  }

  #wake(): void {
    this.#again = true;
    if (this.#stopped || !this.#duty.held) return;
    this.#working ??= this.#work().finally(() => {
      this.#working = undefined;
      // What woke us after the last look would else wait for the poll.
      if (this.#again && !this.#stopped) this.#wake();
    });
  }

  async #work(): Promise<void> {
    while (this.#again && !this.#stopped) {
      this.#again = false;
      const { numbered, position } = await this.#number();
      if (numbered > 0) this.parts.notifier.wake('events', String(position));
      if (numbered === BATCH) this.#again = true;
    }
  }

  /** The database may be away: the next poll tries again. */
  #number(): Promise<{ numbered: number; position: number }> {
    return numberEvents(this.parts.store, BATCH).catch(() => ({ numbered: 0, position: 0 }));
  }
}

export const startNumberer = (parts: NumbererParts): Numberer => new Numberer(parts);
