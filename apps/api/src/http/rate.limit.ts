/** So many in so many seconds, counted for each `who` apart, in windows that begin with the first. */
export interface Rate {
  name: string;
  most: number;
  seconds: number;
}

/**
 * Guessing a password: by address, and by mailbox from whatever address. Work: by session or key, high enough for any
 * page or honest program, and low enough that one that runs wild leaves room for the others. Refusals: answers of 401
 * to an address, so that a flood of wrong keys does not become a flood of queries.
 */
export const RATES = {
  signInByAddress: { name: 'sign-in', most: 20, seconds: 60 },
  signInByMailbox: { name: 'sign-in-mailbox', most: 10, seconds: 300 },
  setup: { name: 'setup', most: 10, seconds: 60 },
  work: { name: 'work', most: 6_000, seconds: 60 },
  refusals: { name: 'refusals', most: 300, seconds: 60 },
} as const satisfies Record<string, Rate>;

export interface Standing {
  allowed: boolean;
  limit: number;
  remaining: number;
  /** Until the window ends. */
  resetSeconds: number;
}

interface Window {
  used: number;
  endsAt: number;
}

/** More windows than this are swept of those that have ended. */
const crowded = 10_000;

/** Counts in this process's memory: a restart forgives, and several api processes each count their own. */
export class RateLimits {
  readonly #windows = new Map<string, Window>();

  /** @param monotonic milliseconds of a clock that nobody turns */
  constructor(private readonly monotonic: () => number) {}

  /** Counts one; beyond the limit it is refused and not counted. */
  take(rate: Rate, who: string): Standing {
    const window = this.#window(rate, who);
    const allowed = window.used < rate.most;
    if (allowed) window.used += 1;
    return this.#standing(rate, window, allowed);
  }

  /** Looks without counting. */
  peek(rate: Rate, who: string): Standing {
    const window = this.#window(rate, who);
    return this.#standing(rate, window, window.used < rate.most);
  }

  #window(rate: Rate, who: string): Window {
    const key = `${rate.name} ${who}`;
    const found = this.#windows.get(key);
    if (found && found.endsAt > this.monotonic()) return found;
    if (this.#windows.size > crowded) this.#sweep();
    const fresh = { used: 0, endsAt: this.monotonic() + rate.seconds * 1000 };
    this.#windows.set(key, fresh);
    return fresh;
  }

  #standing(rate: Rate, window: Window, allowed: boolean): Standing {
    const resetSeconds = Math.max(1, Math.ceil((window.endsAt - this.monotonic()) / 1000));
    return { allowed, limit: rate.most, remaining: rate.most - window.used, resetSeconds };
  }

  #sweep(): void {
    for (const [key, { endsAt }] of this.#windows) if (endsAt <= this.monotonic()) this.#windows.delete(key);
  }
}
