'use client';

import { useSyncExternalStore } from 'react';
import { serverNow, watchServerTime } from '../live/server-time';

/** One timer for everything on the page that counts, so that all numbers change together. */
class Ticker {
  private readonly listeners = new Set<() => void>();
  private timer: ReturnType<typeof setInterval> | undefined;
  private unwatch: (() => void) | undefined;
  private at = 0;

  constructor(private readonly everyMs: number) {}

  readonly watch = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    this.timer ??= setInterval(() => this.tick(), this.everyMs);
    this.unwatch ??= watchServerTime(() => this.tick());
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size > 0) return;
      clearInterval(this.timer);
      this.timer = undefined;
      this.unwatch?.();
      this.unwatch = undefined;
    };
  };

  /** Fresh while nobody watches yet, else the same for all until the next tick. */
  readonly read = (): number => {
    const now = serverNow();
    if (this.timer === undefined || Math.abs(now - this.at) > this.everyMs * 1.5) this.at = now;
    return this.at;
  };

  private tick(): void {
    this.at = serverNow();
    for (const listener of this.listeners) listener();
  }
}

const second = new Ticker(1_000);
const halfMinute = new Ticker(30_000);

/** The server's time in milliseconds, drawn again each second, or each half minute for words such as "5 min ago". */
export function useNow(pace: 'second' | 'half-minute' = 'second'): number {
  const ticker = pace === 'second' ? second : halfMinute;
  return useSyncExternalStore(ticker.watch, ticker.read, () => 0);
}
