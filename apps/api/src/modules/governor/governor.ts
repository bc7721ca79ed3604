import type { Clock } from '../../clock/clock.js';
import type { Profile } from './profile.js';

/**
 * Decides when an account may send: a token bucket. It starts empty but for one message, so that an account that changes
 * its worker, or a worker that restarts often, never sends faster than its profile.
 */
export class Governor {
  #tokens = 1;
  #filledAt: number;

  constructor(
    private readonly clock: Pick<Clock, 'monotonic' | 'now'>,
    private readonly profile: () => Profile,
  ) {
    this.#filledAt = clock.monotonic();
  }

  /** Takes a place for one message: undefined means go, else how many milliseconds until there is one. */
  mayGo(): number | undefined {
    const { burst, perMinute } = this.profile();
    const now = this.clock.monotonic();
    const perMs = perMinute / 60_000;
    this.#tokens = Math.min(burst, this.#tokens + (now - this.#filledAt) * perMs);
    this.#filledAt = now;
    if (this.#tokens < 1) return Math.ceil((1 - this.#tokens) / perMs);
    this.#tokens -= 1;
    return undefined;
  }
}
