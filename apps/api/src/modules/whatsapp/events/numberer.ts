import { setTimeout } from 'node:timers/promises';
import type { Cancel, Clock } from '../../../clock/clock.js';
import { Rounds } from '../../../clock/rounds.js';
import type { Store } from '../../../database/database.js';
import { Duty } from '../../cluster/duties.js';
import type { Listener } from '../../cluster/listener.repository.js';
import type { Notifier } from '../../cluster/notifier.repository.js';
import { numberEvents } from './numberer.repository.js';

const BATCH = 1000;
const POLL_MS = 250;
/** After a round, until the next: many commits follow each other closely, and one round serves all of them. */
const GATHER_MS = 15;

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
  readonly #rounds = new Rounds(() => this.#number());

  constructor(private readonly parts: NumbererParts) {
    this.#duty = new Duty(parts.store, 'numberer', parts.clock, () => this.#wake());
    this.#off = parts.listener.on('unnumbered', () => this.#wake());
    this.#duty.start();
    this.#poll();
  }

  async stop(): Promise<void> {
    this.#off();
    this.#timer?.();
    await this.#rounds.stop();
    await this.#duty.stop();
  }

  #poll(): void {
    this.#timer = this.parts.clock.setTimeout(() => {
      this.#wake();
      this.#poll();
    }, POLL_MS);
  }

  #wake(): void {
    if (this.#duty.held) this.#rounds.ask();
  }

  /** The database may be away: the next poll tries again. */
  async #number(): Promise<boolean> {
    const { numbered, position } = await numberEvents(this.parts.store, BATCH);
    if (numbered > 0) this.parts.notifier.wake('events', String(position));
    if (numbered > 0 && numbered < BATCH) await setTimeout(GATHER_MS);
    return numbered === BATCH;
  }
}

export const startNumberer = (parts: NumbererParts): Numberer => new Numberer(parts);
