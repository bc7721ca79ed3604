/**
 * When the logins of many accounts begin. So many at once, since each costs processor time; and one that begins beside others
 * waits for a moment of its own, so that the network does not meet all accounts of a machine in one instant.
 */
import type { Clock } from '../../clock/clock.js';
import { Places } from './places.js';

/** Under way at once: each costs some 20 ms of CPU and two rounds to the server. */
const LOGINS = 16;
/** The longest such moment. Short enough to be hidden behind the logins that go on meanwhile. */
const APART_MS = 60;

export class LoginPace {
  readonly #places: Places;
  /** Ends of the moments that are waited for. */
  readonly #moments = new Set<() => void>();
  #stopped = false;

  constructor(
    private readonly clock: Pick<Clock, 'setTimeout'>,
    /** Called after a place was given back. */
    onFree: () => void = () => undefined,
    /** From 0 up to 1. */
    private readonly random: () => number = Math.random,
  ) {
    this.#places = new Places(LOGINS, onFree);
  }

  /** How many wait for a place. */
  get waiting(): number {
    return this.#places.waiting;
  }

  /** Resolves when a login may begin, with what gives its place back. */
  async begin(): Promise<() => void> {
    const leave = await this.#places.take();
    if (this.#places.taken > 1 && !this.#stopped) await this.#moment();
    return leave;
  }

  /** Nobody waits for a moment any more. */
  stop(): void {
    this.#stopped = true;
    for (const end of [...this.#moments]) end();
  }

  #moment(): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        cancel();
        this.#moments.delete(end);
        resolve();
      };
      const cancel = this.clock.setTimeout(end, this.random() * APART_MS);
      this.#moments.add(end);
    });
  }
}
