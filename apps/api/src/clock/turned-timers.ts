import { AsyncResource } from 'node:async_hooks';

/** The real functions, taken before they are replaced. */
const real = { setTimeout, clearTimeout };

/** Node takes a delay that is not a number from 1 to 2^31-1 for 1. */
const longestDelay = 2 ** 31 - 1;

export interface TurnedTime {
  /** Monotonic milliseconds plus all that the clock was turned. */
  now(): number;
}

/**
 * Timers that follow a turned clock. Each keeps a real timer for what remains until it is due; when the clock is turned
 * they are all set anew, in the order in which they are due, and those that are past fire at once. A repeating timer
 * fires once for a turn, however far, as it would on a machine that was asleep.
 */
export class TurnedTimers {
  readonly #pending = new Set<TurnedTimer>();
  readonly #time: TurnedTime;

  constructor(time: TurnedTime) {
    this.#time = time;
  }

  start(task: (...args: unknown[]) => void, delay: unknown, args: unknown[], repeats: boolean): TurnedTimer {
    const timer = new TurnedTimer(
      this.#time,
      this.#pending,
      AsyncResource.bind(() => task(...args)),
      delay,
      repeats,
    );
    timer.refresh();
    return timer;
  }

  /** To be called after each turn of the clock. */
  turned(): void {
    for (const timer of [...this.#pending].sort((a, b) => a.dueAt - b.dueAt)) timer.rearm();
  }

  get size(): number {
    return this.#pending.size;
  }
}

/** Looks and behaves like Node's `Timeout`, which libraries ref, unref and refresh. */
export class TurnedTimer {
  dueAt = 0;
  #real: NodeJS.Timeout | undefined;
  #referenced = true;
  readonly #time: TurnedTime;
  readonly #pending: Set<TurnedTimer>;
  readonly #task: () => void;
  readonly #delayMs: number;
  readonly #repeats: boolean;

  constructor(time: TurnedTime, pending: Set<TurnedTimer>, task: () => void, delay: unknown, repeats: boolean) {
    const delayMs = Number(delay);
    this.#delayMs = delayMs >= 1 && delayMs <= longestDelay ? delayMs : 1;
    [this.#time, this.#pending, this.#task, this.#repeats] = [time, pending, task, repeats];
  }

  /** Starts the whole delay again, from now. */
  refresh(): this {
    this.dueAt = this.#time.now() + this.#delayMs;
    this.rearm();
    return this;
  }

  rearm(): void {
    real.clearTimeout(this.#real);
    this.#pending.add(this);
    this.#real = real.setTimeout(() => this.#fire(), Math.max(1, this.dueAt - this.#time.now()));
    if (!this.#referenced) this.#real.unref();
  }

  close(): this {
    real.clearTimeout(this.#real);
    this.#pending.delete(this);
    return this;
  }

  ref(): this {
    this.#referenced = true;
    this.#real?.ref();
    return this;
  }

  unref(): this {
    this.#referenced = false;
    this.#real?.unref();
    return this;
  }

  hasRef(): boolean {
    return this.#referenced;
  }

  [Symbol.toPrimitive](): number {
    return byNumber.remember(this);
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #fire(): void {
    this.#pending.delete(this);
    if (this.#repeats) this.refresh();
    this.#task();
  }
}

/** Node lets a timer be turned into a number and cleared by it. */
export const byNumber = {
  last: 0,
  timers: new Map<number, WeakRef<TurnedTimer>>(),
  remember(timer: TurnedTimer): number {
    this.last += 1;
    this.timers.set(this.last, new WeakRef(timer));
    return this.last;
  },
  find(number: number): TurnedTimer | undefined {
    return this.timers.get(number)?.deref();
  },
};
