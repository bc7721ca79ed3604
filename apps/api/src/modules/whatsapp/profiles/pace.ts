/**
 * How fast an account asks how others look: some at once, as many as a screen shows, then slowly. WhatsApp's own clients ask
 * for what is on the screen, and an account that asks for thousands is one that WhatsApp limits.
 */
const AT_ONCE = 8;
const EVERY_MS = 3_000;

export class Pace {
  #left = AT_ONCE;
  #since: number;

  /** @param elapsed milliseconds as timers count them */
  constructor(private readonly elapsed: () => number) {
    this.#since = elapsed();
  }

  /** Takes a place: 0, or in how many milliseconds there is one. */
  take(): number {
    const now = this.elapsed();
    const gained = Math.floor((now - this.#since) / EVERY_MS);
    this.#left = Math.min(AT_ONCE, this.#left + gained);
    this.#since = this.#left === AT_ONCE ? now : this.#since + gained * EVERY_MS;
    if (this.#left === 0) return this.#since + EVERY_MS - now;
    this.#left -= 1;
    return 0;
  }
}
