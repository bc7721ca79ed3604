import type { Cancel, Clock } from './clock.ts';

/** A clock that stands until it is turned: for specs of what takes a `Clock`, in milliseconds and without waiting. */
export class ManualClock implements Clock {
  #elapsedMs = 0;
  #steppedMs = 0;
  #due: { atMs: number; task: () => void }[] = [];
  readonly #start: number;

  constructor(start: Date | string = '2026-01-01T00:00:00.000Z') {
    this.#start = new Date(start).getTime();
  }

  now(): Date {
    return new Date(this.#start + this.#elapsedMs + this.#steppedMs);
  }

  monotonic(): number {
    return this.#elapsedMs;
  }

  elapsed(): number {
    return this.#elapsedMs;
  }

  /** As when somebody sets the wall clock: no timer follows. */
  step(ms: number): void {
    this.#steppedMs += ms;
  }

  setTimeout(task: () => void, delayMs: number): Cancel {
    const entry = { atMs: this.#elapsedMs + Math.max(0, delayMs), task };
    this.#due.push(entry);
    return () => {
      this.#due = this.#due.filter((other) => other !== entry);
    };
  }

  /** Runs everything that falls due on the way, in order, each at its own moment; what those tasks ask for too. */
  advance(ms: number): void {
    const target = this.#elapsedMs + ms;
    for (let next = this.#takeDue(target); next; next = this.#takeDue(target)) {
      this.#elapsedMs = Math.max(this.#elapsedMs, next.atMs);
      next.task();
    }
    this.#elapsedMs = target;
  }

  /** Tasks that still wait; a spec ends with none. */
  get waiting(): number {
    return this.#due.length;
  }

  #takeDue(target: number) {
    const first = this.#due.reduce<{ atMs: number; task: () => void } | undefined>(
      (earliest, entry) => (entry.atMs <= target && (!earliest || entry.atMs < earliest.atMs) ? entry : earliest),
      undefined,
    );
    if (first) this.#due = this.#due.filter((entry) => entry !== first);
    return first;
  }
}
