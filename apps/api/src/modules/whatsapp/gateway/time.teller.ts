import type { Cancel, Clock } from '../../../clock/clock.js';

const LOOK_MS = 1_000;
/** Less is a clock that is being corrected, which nobody notices. */
const LEAST_MS = 1_000;

/**
 * Tells pages what time it is here, by which they count down to deadlines of ours: again when the clock was set, or turned in
 * a test, since nothing else need happen then.
 */
export class TimeTeller {
  #timer: Cancel | undefined;
  /** Wall time at the zero of the monotonic clock, as pages were told last. */
  #told: number;

  constructor(
    private readonly clock: Clock,
    private readonly tell: (time: { now: number }) => void,
  ) {
    this.#told = this.#zero();
  }

  start(): void {
    this.#timer = this.clock.setTimeout(() => {
      this.look();
      this.start();
    }, LOOK_MS);
  }

  stop(): void {
    this.#timer?.();
  }

  time = (): { now: number } => ({ now: this.clock.now().getTime() });

  look(): void {
    if (Math.abs(this.#zero() - this.#told) < LEAST_MS) return;
    this.#told = this.#zero();
    this.tell(this.time());
  }

  #zero(): number {
    return this.clock.now().getTime() - this.clock.monotonic();
  }
}
