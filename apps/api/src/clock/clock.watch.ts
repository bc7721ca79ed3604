import type { Clock } from './clock.ts';

/** Less is a clock that is being corrected, which nobody notices. */
const LEAST_MS = 5_000;

/** Notices that the wall clock was set: it went on by more or less than timers did. A machine that slept looks the same. */
export class ClockWatch {
  #drift: number;

  constructor(private readonly clock: Clock) {
    this.#drift = this.#now();
  }

  /** Milliseconds by which the wall clock was moved since this was asked last; 0 when it was not. */
  moved(): number {
    const moved = this.#now() - this.#drift;
    if (Math.abs(moved) < LEAST_MS) return 0;
    this.#drift += moved;
    return moved;
  }

  #now(): number {
    return this.clock.now().getTime() - this.clock.elapsed();
  }
}
